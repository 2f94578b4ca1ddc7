import { m } from '#lib/paraglide/messages.js';

/** Why the API refused to change something: `UserError` of the schema. */
export interface Refusal {
  readonly code: string;
  /** In English: for a code that came with a newer server. */
  readonly message: string;
  readonly path: readonly string[] | null;
}

const sentences: Readonly<Record<string, () => string>> = {
  ACCOUNT_NOT_FOUND: m.refused_account_not_found,
  ALREADY_MEMBER: m.refused_already_member,
  BATCH_SIZE_OUT_OF_RANGE: m.refused_batch_size,
  CONTACT_EMAIL_MALFORMED: m.error_email,
  EMAIL_MALFORMED: m.error_email,
  EMAIL_TAKEN: m.refused_email_taken,
  IMPORT_FILE_GONE: m.refusal_file_gone,
  IMPORT_JOB_ENDED: m.refused_import_ended,
  IMPORT_JOB_NOT_ENDED: m.refused_import_not_ended,
  IMPORT_JOB_NOT_FOUND: m.refused_gone,
  INVALID_INPUT: m.refused_input,
  LAST_ADMIN: m.refused_last_admin,
  MERCHANT_NOT_FOUND: m.refused_gone,
  MERCHANT_OWNER_NOT_FOUND: m.refused_account_not_found,
  NO_PRICE: m.refused_no_price,
  PASSWORD_TOO_WEAK: m.refused_password_weak,
  PRODUCTS_LIMIT: m.refused_products_limit,
  PRODUCT_NOT_FOUND: m.refused_gone,
  QUANTITY_RANGE: m.refused_quantity_range,
  SALE_PRICE_NOT_LOWER: m.refused_sale_price,
  STORE_CODE_MALFORMED: m.refused_store_code,
  STORE_CODE_TAKEN: m.refused_store_code_taken,
  STORE_CURRENCY_UNKNOWN: m.refused_currency,
  STORE_DOMAIN_LOOKUP_FAILED: m.refused_domain_lookup,
  STORE_DOMAIN_MALFORMED: m.refused_domain,
  STORE_DOMAIN_NOT_FOUND: m.refused_gone,
  STORE_DOMAIN_RECORD_MISSING: m.refused_domain_record_missing,
  STORE_DOMAIN_RECORD_OTHER: m.refused_domain_record_other,
  STORE_DOMAIN_TAKEN: m.refused_domain_taken,
  STORE_DOMAINS_LIMIT: m.refused_domains_limit,
  STORE_INACTIVE: m.refused_store_off,
  STORE_MEMBER_NOT_FOUND: m.refused_gone,
  STORE_MEMBERS_LIMIT: m.refused_members_limit,
  STORE_NOT_FOUND: m.refused_gone,
  STORE_OWN_PRICES: m.refused_own_prices,
  STORE_TIME_ZONE_UNKNOWN: m.refused_time_zone,
  TOO_MANY_WAITING: m.refused_too_many_waiting,
  USER_NOT_FOUND: m.refused_gone,
  VAT_NUMBER_MALFORMED: m.refused_vat,
  WRONG_PASSWORD: m.account_password_wrong,
  ADDRESS_FORBIDDEN: m.refusal_address_forbidden,
  ADDRESS_INVALID: m.refusal_address_invalid,
  ADDRESS_MASKED: m.refusal_address_masked,
  ADDRESS_SCHEME: m.refusal_address_scheme,
  ADDRESS_UNKNOWN: m.refusal_address_unknown,
  PORT_FORBIDDEN: m.refusal_port_forbidden,
};

/** The sentence in the language of the page that says what to do; the server's own for a code without one. */
export function refusalSentence({ code, message }: Refusal): string {
  return sentences[code]?.() ?? message;
}

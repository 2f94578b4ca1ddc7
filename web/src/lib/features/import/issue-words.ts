import { m } from '#lib/paraglide/messages.js';

interface IssueWords {
  /** What is wrong, as the name of a group. */
  readonly title: () => string;
  /** What became of the rows, and the one thing to do. */
  readonly help: () => string;
}

/** In words, per code of a row: the server's own sentence is in English and names the value. */
const issues: Readonly<Record<string, IssueWords>> = {
  ROW_TOO_MANY_FIELDS: { title: m.issue_row_too_many_fields_title, help: m.issue_row_too_many_fields_help },
  ROW_QUOTES_BROKEN: { title: m.issue_row_quotes_broken_title, help: m.issue_row_quotes_broken_help },
  ROW_TOO_LARGE: { title: m.issue_row_too_large_title, help: m.issue_row_too_large_help },
  MISSING_ID: { title: m.issue_missing_id_title, help: m.issue_missing_id_help },
  ID_TOO_LONG: { title: m.issue_id_too_long_title, help: m.issue_id_too_long_help },
  MISSING_TITLE: { title: m.issue_missing_title_title, help: m.issue_missing_title_help },
  DUPLICATE_ID: { title: m.issue_duplicate_id_title, help: m.issue_duplicate_id_help },
  PRICE_UNREADABLE: { title: m.issue_price_unreadable_title, help: m.issue_price_unreadable_help },
  PRICE_AMBIGUOUS: { title: m.issue_price_ambiguous_title, help: m.issue_price_ambiguous_help },
  PRICE_NEGATIVE: { title: m.issue_price_negative_title, help: m.issue_price_negative_help },
  PRICE_TOO_LARGE: { title: m.issue_price_too_large_title, help: m.issue_price_too_large_help },
  CURRENCY_UNKNOWN: { title: m.issue_currency_unknown_title, help: m.issue_currency_unknown_help },
  CURRENCY_AMBIGUOUS: { title: m.issue_currency_ambiguous_title, help: m.issue_currency_ambiguous_help },
  CURRENCY_CONFLICT: { title: m.issue_currency_conflict_title, help: m.issue_currency_conflict_help },
  PRICE_MISSING: { title: m.issue_price_missing_title, help: m.issue_price_missing_help },
  PRICE_ZERO: { title: m.issue_price_zero_title, help: m.issue_price_zero_help },
  PRICE_ROUNDED: { title: m.issue_price_rounded_title, help: m.issue_price_rounded_help },
  SALE_PRICE_WITHOUT_PRICE: {
    title: m.issue_sale_price_without_price_title,
    help: m.issue_sale_price_without_price_help,
  },
  SALE_PRICE_ZERO: { title: m.issue_sale_price_zero_title, help: m.issue_sale_price_zero_help },
  SALE_PRICE_NOT_LOWER: {
    title: m.issue_sale_price_not_lower_title,
    help: m.issue_sale_price_not_lower_help,
  },
  AMOUNT_UNREADABLE: { title: m.issue_amount_unreadable_title, help: m.issue_amount_unreadable_help },
  GTIN_MALFORMED: { title: m.issue_gtin_malformed_title, help: m.issue_gtin_malformed_help },
  GTIN_CHECK_DIGIT: { title: m.issue_gtin_check_digit_title, help: m.issue_gtin_check_digit_help },
  GTIN_RESTRICTED: { title: m.issue_gtin_restricted_title, help: m.issue_gtin_restricted_help },
  GTIN_DAMAGED: { title: m.issue_gtin_damaged_title, help: m.issue_gtin_damaged_help },
  GTIN_REPAIRED: { title: m.issue_gtin_repaired_title, help: m.issue_gtin_repaired_help },
  GTIN_TOO_MANY: { title: m.issue_gtin_too_many_title, help: m.issue_gtin_too_many_help },
  AVAILABILITY_UNKNOWN: {
    title: m.issue_availability_unknown_title,
    help: m.issue_availability_unknown_help,
  },
  AVAILABILITY_DATE_MISSING: {
    title: m.issue_availability_date_missing_title,
    help: m.issue_availability_date_missing_help,
  },
  CONDITION_UNKNOWN: { title: m.issue_condition_unknown_title, help: m.issue_condition_unknown_help },
  AGE_GROUP_UNKNOWN: { title: m.issue_age_group_unknown_title, help: m.issue_age_group_unknown_help },
  GENDER_UNKNOWN: { title: m.issue_gender_unknown_title, help: m.issue_gender_unknown_help },
  DATE_UNREADABLE: { title: m.issue_date_unreadable_title, help: m.issue_date_unreadable_help },
  DATE_AMBIGUOUS: { title: m.issue_date_ambiguous_title, help: m.issue_date_ambiguous_help },
  DATE_RANGE_REVERSED: { title: m.issue_date_range_reversed_title, help: m.issue_date_range_reversed_help },
  URL_UNREADABLE: { title: m.issue_url_unreadable_title, help: m.issue_url_unreadable_help },
  BOOLEAN_UNREADABLE: { title: m.issue_boolean_unreadable_title, help: m.issue_boolean_unreadable_help },
  INTEGER_UNREADABLE: { title: m.issue_integer_unreadable_title, help: m.issue_integer_unreadable_help },
  MEASURE_UNREADABLE: { title: m.issue_measure_unreadable_title, help: m.issue_measure_unreadable_help },
  COUNTRY_UNKNOWN: { title: m.issue_country_unknown_title, help: m.issue_country_unknown_help },
  STRUCTURE_UNREADABLE: {
    title: m.issue_structure_unreadable_title,
    help: m.issue_structure_unreadable_help,
  },
  TEXT_TOO_LONG: { title: m.issue_text_too_long_title, help: m.issue_text_too_long_help },
  TOO_MANY_VALUES: { title: m.issue_too_many_values_title, help: m.issue_too_many_values_help },
  CHARACTERS_UNREADABLE: {
    title: m.issue_characters_unreadable_title,
    help: m.issue_characters_unreadable_help,
  },
  CONTROL_CHARACTERS: { title: m.issue_control_characters_title, help: m.issue_control_characters_help },
  ROW_TOO_FEW_FIELDS: { title: m.issue_row_too_few_fields_title, help: m.issue_row_too_few_fields_help },
  COLUMN_PASSED_OVER: {
    title: m.issue_column_passed_over_title,
    help: m.issue_column_passed_over_help,
  },
  COLUMN_REPEATED: { title: m.issue_column_repeated_title, help: m.issue_column_repeated_help },
};

/** Never fails: a code that came with a newer server has words too. */
export const issueWords = (code: string): IssueWords =>
  issues[code] ?? { title: m.issue_other_title, help: m.issue_other_help };

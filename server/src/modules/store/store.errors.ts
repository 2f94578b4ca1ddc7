import type { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { DomainError } from '../../shared/domain-error.ts';

export class StoreNotFoundError extends DomainError {
  readonly code = 'STORE_NOT_FOUND';

  /** Without a code when it was there a moment ago. */
  constructor(storeCode?: string) {
    const said =
      storeCode === undefined
        ? 'This store is no longer there.'
        : `There is no store with the code ${storeCode.slice(0, 80)}.`;
    super(said, ['storeCode']);
  }
}

export class StoreCodeMalformedError extends DomainError {
  readonly code = 'STORE_CODE_MALFORMED';

  constructor() {
    super(
      'A code has 2 to 50 lower-case letters, digits and single hyphens, and begins and ends with a letter or ' +
        'a digit, as in maison-neuve.',
      ['code'],
    );
  }
}

export class StoreCodeTakenError extends DomainError {
  readonly code = 'STORE_CODE_TAKEN';

  constructor(storeCode: string) {
    super(`Another store has the code ${storeCode}. Choose a different one.`, ['code']);
  }
}

export class CurrencyUnknownError extends DomainError {
  readonly code = 'STORE_CURRENCY_UNKNOWN';

  constructor(currency: string) {
    super(`"${currency.slice(0, 20)}" is no currency. Write its code of ISO 4217, such as EUR.`, [
      'currency',
    ]);
  }
}

/** Own prices are amounts without a currency: in another one they would be other prices. */
export class StoreOwnPricesError extends DomainError {
  readonly code = 'STORE_OWN_PRICES';

  constructor(count: number, currency: string) {
    const said =
      count === 1
        ? `The own price of one product is in ${currency}. Take it back`
        : `Own prices of ${count.toLocaleString('en')} products are in ${currency}. Take them back`;
    super(`${said} before you change the currency.`, ['currency']);
  }
}

export class TimeZoneUnknownError extends DomainError {
  readonly code = 'STORE_TIME_ZONE_UNKNOWN';

  constructor(timeZone: string) {
    super(`"${timeZone.slice(0, 80)}" is no time zone. Write its IANA name, such as Europe/Luxembourg.`, [
      'timeZone',
    ]);
  }
}

/** An address that no import would fetch; code and sentence are those of the import's refusal. */
export class StoreFeedAddressError extends DomainError {
  readonly code: string;

  constructor(refusal: FeedRefusal, field: string) {
    super(refusal.message, [field]);
    this.code = refusal.code;
  }
}

export class HostnameMalformedError extends DomainError {
  readonly code = 'STORE_DOMAIN_MALFORMED';

  constructor(hostname: string) {
    super(
      `"${hostname.slice(0, 80)}" is no name of a website. Write the name alone, such as shop.example.lu.`,
      ['hostname'],
    );
  }
}

export class StoreDomainTakenError extends DomainError {
  readonly code = 'STORE_DOMAIN_TAKEN';
  readonly hostname: string;

  constructor(hostname: string, own: boolean, path: readonly string[] = ['hostname']) {
    super(own ? `This store uses ${hostname} already.` : `Another store already uses ${hostname}.`, path);
    this.hostname = hostname;
  }
}

export class DomainRecordMissingError extends DomainError {
  readonly code = 'STORE_DOMAIN_RECORD_MISSING';

  constructor(name: string) {
    super(
      `There is no TXT record at ${name}. A new one can take an hour or more until it is seen everywhere.`,
      ['id'],
    );
  }
}

export class DomainRecordOtherError extends DomainError {
  readonly code = 'STORE_DOMAIN_RECORD_OTHER';

  constructor(name: string) {
    super(
      `The TXT record at ${name} has another value than this store's. A change can take an hour or more.`,
      ['id'],
    );
  }
}

/** Said of the name servers, so it says nothing of the record. */
export class DomainLookupError extends DomainError {
  readonly code = 'STORE_DOMAIN_LOOKUP_FAILED';

  constructor(name: string) {
    super(`The name servers gave no answer for ${name}. Try again in a few minutes.`, ['id']);
  }
}

export class StoreDomainNotFoundError extends DomainError {
  readonly code = 'STORE_DOMAIN_NOT_FOUND';

  constructor() {
    super('This domain is no longer there.', ['id']);
  }
}

export class TooManyStoreDomainsError extends DomainError {
  readonly code = 'STORE_DOMAINS_LIMIT';

  constructor(limit: number) {
    super(`A store has at most ${limit} domains. Remove one that is not used.`, ['hostname']);
  }
}

export class AccountNotFoundError extends DomainError {
  readonly code = 'ACCOUNT_NOT_FOUND';

  constructor(email: string) {
    super(`Nobody has an account for "${email.slice(0, 80)}". Have the account made first.`, ['email']);
  }
}

export class AlreadyMemberError extends DomainError {
  readonly code = 'ALREADY_MEMBER';

  constructor(owner: boolean) {
    super(
      owner
        ? 'This person owns the merchant, and so may do everything in the store already.'
        : 'This person is a member of the store already. Change the role instead.',
      ['email'],
    );
  }
}

export class StoreMemberNotFoundError extends DomainError {
  readonly code = 'STORE_MEMBER_NOT_FOUND';

  constructor() {
    super('This person is no longer a member of the store.', ['id']);
  }
}

export class TooManyStoreMembersError extends DomainError {
  readonly code = 'STORE_MEMBERS_LIMIT';

  constructor(limit: number) {
    super(`A store has at most ${limit} members. Remove one that is no longer with you.`, ['email']);
  }
}

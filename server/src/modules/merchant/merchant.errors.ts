import { DomainError } from '../../shared/domain-error.ts';

export class MerchantNotFoundError extends DomainError {
  readonly code = 'MERCHANT_NOT_FOUND';

  constructor(field: string) {
    super('There is no such merchant.', [field]);
  }
}

export class MerchantOwnerNotFoundError extends DomainError {
  readonly code = 'MERCHANT_OWNER_NOT_FOUND';

  constructor(field: string) {
    super('Nobody has this account. Make it first.', [field]);
  }
}

export class VatNumberMalformedError extends DomainError {
  readonly code = 'VAT_NUMBER_MALFORMED';

  constructor(vatNumber: string) {
    super(
      `"${vatNumber.slice(0, 40)}" is no VAT number of the European Union. In Luxembourg it is LU and eight digits.`,
      ['vatNumber'],
    );
  }
}

export class ContactEmailMalformedError extends DomainError {
  readonly code = 'CONTACT_EMAIL_MALFORMED';

  constructor(email: string) {
    super(`"${email.slice(0, 80)}" is not an email address. Write it as name@example.org.`, ['contactEmail']);
  }
}

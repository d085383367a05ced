import { DateText, YearNumber } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { OnEmployer } from '../commands.js';
import { OneOf } from '../fields.js';
import { REPLACEMENT_REASONS, type ReplacementReason } from './events.js';

export class IssueCertificateBody {
  @DateText() issuedOn: BusinessDate;
}

export class ReplaceCertificateBody extends IssueCertificateBody {
  @OneOf(REPLACEMENT_REASONS) reason: ReplacementReason;
}

export class CheckCertificateBody {
  @YearNumber() year: number;
  @DateText() checkedOn: BusinessDate;
}

/** Gives out an employer's registration certificate (社会保险登记证). */
export class IssueCertificate extends OnEmployer<IssueCertificateBody> {}

/** Gives out a certificate in the place of another one. */
export class ReplaceCertificate extends OnEmployer<ReplaceCertificateBody> {}

/** Sets down that the yearly check (年检) was done, where the rule of the day asks for one. */
export class CheckCertificate extends OnEmployer<CheckCertificateBody> {}

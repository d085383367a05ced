import { addDays, type BusinessDate, businessDate, type Decider, DomainError } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type CertificateEvent, certificateEventSchemas, type ReplacementReason } from './events.js';
import type { CertificateRule } from './certificate-rule.js';

export interface Certificate {
  readonly number: string;
  readonly issuedOn: BusinessDate;
  readonly validUntil: BusinessDate | undefined;
  /** The certificate that took its place; undefined for the one that counts. */
  readonly replacedBy: string | undefined;
}

/** All registration certificates of an employer, the one that counts last. Stream `certificate-<credit code>`. */
export interface CertificateState {
  readonly certificates: readonly Certificate[];
  /** Years whose check was done, with the day. */
  readonly checks: ReadonlyMap<number, BusinessDate>;
}

interface Issue {
  readonly employer: string;
  readonly area: string;
  readonly isEnterprise: boolean;
  readonly issuedOn: BusinessDate;
  readonly rule: CertificateRule;
}

export type CertificateCommand =
  | ({ type: 'IssueCertificate' } & Issue)
  | ({ type: 'ReplaceCertificate'; reason: ReplacementReason } & Issue)
  | { type: 'CheckCertificate'; employer: string; year: number; checkedOn: BusinessDate; rule: CertificateRule };

const decider: Decider<CertificateState, CertificateCommand, CertificateEvent> = {
  initial: { certificates: [], checks: new Map() },

  evolve(state, { type, data }) {
    switch (type) {
      case 'CertificateIssued':
      case 'CertificateReplaced': {
        const { number, issuedOn, validUntil } = data;
        const before = state.certificates.map((each) =>
          each.replacedBy === undefined ? { ...each, replacedBy: number } : each,
        );
        return { ...state, certificates: [...before, { number, issuedOn, validUntil, replacedBy: undefined }] };
      }
      case 'CertificateAnnuallyChecked':
        return { ...state, checks: new Map(state.checks).set(data.year, data.checkedOn) };
    }
  },

  decide(command, state) {
    switch (command.type) {
      case 'IssueCertificate':
        return issue(command, state);
      case 'ReplaceCertificate':
        return replace(command, state);
      case 'CheckCertificate':
        return check(command, state);
    }
  },
};

export const certificate: Aggregate<CertificateState, CertificateCommand, CertificateEvent> = {
  ...decider,
  category: 'certificate',
  schemas: certificateEventSchemas,
};

/** The certificate that counts; undefined while none was given out. */
export function currentCertificate(state: CertificateState): Certificate | undefined {
  return state.certificates.at(-1);
}

function issue(
  command: Extract<CertificateCommand, { type: 'IssueCertificate' }>,
  state: CertificateState,
): readonly CertificateEvent[] {
  const current = currentCertificate(state);
  if (current !== undefined) {
    if (current.issuedOn === command.issuedOn) return [];
    throw refused(
      'certificate-already-issued',
      'The employer has a certificate.',
      'Replace it, if it is lost, damaged, expired or out of date.',
    );
  }
  return [{ type: 'CertificateIssued', data: particulars(command, state) }];
}

function replace(
  command: Extract<CertificateCommand, { type: 'ReplaceCertificate' }>,
  state: CertificateState,
): readonly CertificateEvent[] {
  const current = currentCertificate(state);
  if (current === undefined) throw noCertificate();
  if (command.issuedOn < current.issuedOn) {
    throw refused(
      'certificate-out-of-order',
      `The certificate that is to be replaced was given out on ${current.issuedOn}.`,
      'Give the day of the replacement.',
    );
  }
  const data = { ...particulars(command, state), replaces: current.number, reason: command.reason };
  return [{ type: 'CertificateReplaced', data }];
}

function check(
  { employer, year, checkedOn, rule }: Extract<CertificateCommand, { type: 'CheckCertificate' }>,
  state: CertificateState,
): readonly CertificateEvent[] {
  const current = currentCertificate(state);
  if (current === undefined) throw noCertificate();
  if (state.checks.has(year)) return [];
  if (!rule.annualCheck) {
    throw refused(
      'annual-check-not-required',
      `On ${checkedOn} no yearly check of certificates is asked for (${rule.reference.legalBasis}).`,
      'There is nothing to do. An area that asks for it files a dated value of reg.certificate_annual_check.',
    );
  }
  if (Number(current.issuedOn.slice(0, 4)) > year || Number(checkedOn.slice(0, 4)) < year) {
    throw refused(
      'annual-check-out-of-order',
      `A certificate of ${current.issuedOn} is not checked on ${checkedOn} for the year ${year}.`,
      'Give a year in which the certificate stood, on a day in it or after it.',
    );
  }
  const data = { employer, number: current.number, year, checkedOn, rule: rule.reference };
  return [{ type: 'CertificateAnnuallyChecked', data }];
}

/** A number is made of area, employer and how many certificates that employer has had: none is ever given twice. */
function particulars({ employer, area, isEnterprise, issuedOn, rule }: Issue, state: CertificateState) {
  if (rule.mergedForEnterprises && isEnterprise) {
    throw refused(
      'certificate-merged',
      `On ${issuedOn} an enterprise has no certificate of its own (${rule.reference.legalBasis}).`,
      'The business licence serves. If the employer is no enterprise, file its unit type as a change first.',
    );
  }
  const number = `${area}-${employer}-${String(state.certificates.length + 1).padStart(3, '0')}`;
  const validUntil = rule.renewEveryYears === undefined ? undefined : yearsLater(issuedOn, rule.renewEveryYears);
  return {
    ...{ employer, number, issuedOn },
    ...(validUntil === undefined ? {} : { validUntil }),
    rule: rule.reference,
  };
}

/** The day before the anniversary; a 29 February has its anniversary on 1 March of a common year. */
function yearsLater(date: BusinessDate, years: number): BusinessDate {
  const year = String(Number(date.slice(0, 4)) + years);
  const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
  const monthAndDay = date.slice(4);
  const anniversary = monthAndDay === '-02-29' && !isLeap ? '-03-01' : monthAndDay;
  return addDays(businessDate(`${year}${anniversary}`), -1);
}

function noCertificate(): DomainError {
  return refused('certificate-unknown', 'The employer has no certificate.', 'Issue one first.');
}

function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(
    code,
    message,
    'reg.certificate_annual_check: certificates and their yearly check follow the rule of the day.',
    remedy,
  );
}

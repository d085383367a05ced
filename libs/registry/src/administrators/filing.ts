import { addDays, type BusinessDate, citizenNumberFault, DomainError } from '@provident/kernel';
import type { AdministratorsCommand, AdministratorsState, Filing } from './administrators.js';
import type { AdministratorsEvent } from './events.js';

type CommandOf<Type extends AdministratorsCommand['type']> = Extract<AdministratorsCommand, { type: Type }>;

/** House rule on administrators: no national law fixes their terms. */
const RULE = '专管员制度: the employer reports whom it chose and every change, so that contact is never broken.';

export function fileAdministrator(
  command: CommandOf<'FileAdministrator'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const { filingId, from, until, replaces, actor: filedBy } = command;
  if (state.filings.some((each) => each.filingId === filingId)) return [];
  checkPerson(command.citizenNumber);
  checkTerm(from, until);
  const replaced = replaces === undefined ? undefined : filingOf(state, replaces);
  if (
    replaced !== undefined &&
    (from <= replaced.from || (replaced.until !== undefined && from > addDays(replaced.until, 1)))
  ) {
    throw new DomainError(
      'administrator-not-replaceable',
      `The administrator who is to be replaced is filed from ${replaced.from}${replaced.until === undefined ? '' : ` to ${replaced.until}`}; the new term does not follow it.`,
      RULE,
      'Begin the new term inside the old one, or the day after it.',
    );
  }
  const others = state.filings.filter((each) => each !== replaced);
  checkOverlap(others, from, until);
  const { employer, administratorId, name, citizenNumber, phone, account, authority, letterHash, filedOn } = command;
  return [
    {
      type: 'AdministratorFiled',
      data: {
        ...{ employer, filingId, administratorId, name, citizenNumber, phone, account, from },
        ...(until === undefined ? {} : { until }),
        ...{ authority: [...new Set(authority)], letterHash },
        ...(replaces === undefined ? {} : { replaces }),
        ...{ filedOn, filedBy },
      },
    },
  ];
}

export function verifyAdministrator(
  { employer, filingId, verifiedOn, actor: verifiedBy }: CommandOf<'VerifyAdministrator'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const filing = filingOf(state, filingId);
  if (filing.verifiedOn !== undefined) return [];
  if (verifiedBy === filing.account || verifiedBy === filing.filedBy) {
    throw new DomainError(
      'verified-by-filer',
      'Who filed an administrator, and the administrator, cannot verify the filing.',
      '经办条例 第37条: key business is reviewed in grades.',
      'Let somebody else at the agency verify it.',
    );
  }
  return [{ type: 'AdministratorVerified', data: { employer, filingId, verifiedOn, verifiedBy } }];
}

export function changeAdministrator(
  command: CommandOf<'ChangeAdministrator'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const { employer, filingId, phone, authority, until, changedOn, reason } = command;
  const filing = filingOf(state, filingId);
  if (phone === undefined && authority === undefined && until === undefined) return [];
  if (until !== undefined) {
    if (until < changedOn) {
      throw new DomainError(
        'administrator-term-past',
        `The last day ${until} is before the day of the change, ${changedOn}.`,
        RULE,
        'End the term on the day of the change or later: what was done until then stays done.',
      );
    }
    if (filing.until !== undefined && filing.until < changedOn) {
      throw new DomainError(
        'administrator-term-over',
        `The term ended on ${filing.until}.`,
        RULE,
        'File the administrator anew, for a term of its own.',
      );
    }
    checkTerm(filing.from, until);
    checkOverlap(
      state.filings.filter((each) => each !== filing),
      filing.from,
      until,
    );
  }
  return [
    {
      type: 'AdministratorChanged',
      data: {
        ...{ employer, filingId, administratorId: filing.administratorId },
        ...(phone === undefined ? {} : { phone }),
        ...(authority === undefined ? {} : { authority: [...new Set(authority)] }),
        ...(until === undefined ? {} : { until }),
        ...{ changedOn, reason },
      },
    },
  ];
}

/** Throws `administrator-unknown`. */
export function filingOf(state: AdministratorsState, filingId: string): Filing {
  const filing = state.filings.find((each) => each.filingId === filingId);
  if (filing !== undefined) return filing;
  throw new DomainError(
    'administrator-unknown',
    'The employer has no such filed administrator.',
    RULE,
    'File the administrator first.',
  );
}

function checkPerson(citizenNumber: string): void {
  const fault = citizenNumberFault(citizenNumber);
  if (fault === undefined) return;
  throw new DomainError(
    'citizen-number-invalid',
    `The administrator's citizen number is wrong (${fault}).`,
    'GB 11643-1999: 18 characters with a birth date and a check character.',
    'Compare it with the identity card.',
    { fault },
  );
}

function checkTerm(from: BusinessDate, until: BusinessDate | undefined): void {
  if (until === undefined || from <= until) return;
  throw new DomainError(
    'administrator-term-empty',
    `A term from ${from} to ${until} has no day.`,
    RULE,
    'Give a last day that is not before the first.',
  );
}

function checkOverlap(others: readonly Filing[], from: BusinessDate, until: BusinessDate | undefined): void {
  const other = others.find(
    (each) => (until === undefined || each.from <= until) && (each.until === undefined || from <= each.until),
  );
  if (other === undefined) return;
  throw new DomainError(
    'administrator-terms-overlap',
    `Another administrator is filed from ${other.from}${other.until === undefined ? '' : ` to ${other.until}`}.`,
    'One administrator at a time answers for the employer (专管员制度).',
    'Name the one who is replaced, or give a term outside of that one.',
  );
}

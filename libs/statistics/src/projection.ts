import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import { Money, type RecordedEvent, SCHEMES, type Scheme } from '@provident/kernel';
import type { Cell, Projection, TableDefinition, Writer } from '@provident/projections';
import type { RegistryEvent } from '@provident/registry/events';
import { takeLateFees } from './late-fees/facts.js';
import { LATE_FEE_TABLES } from './late-fees/tables.js';
import {
  allocationTable,
  creditTable,
  declarationTable,
  dueTable,
  employerName,
  employerTable,
  enrolmentEnd,
  enrolmentTable,
  identityMerge,
  personTable,
  receiptTable,
} from './tables.js';

type CountedEvent = RegistryEvent | CollectionEvent | AccountEvent;
type DataOf<Type extends CountedEvent['type']> = Extract<CountedEvent, { type: Type }>['data'];
type Take = (table: TableDefinition, ...row: Cell[]) => void;

const TABLES = [
  employerName,
  ...[employerTable, personTable, enrolmentTable, enrolmentEnd, declarationTable],
  ...[dueTable, receiptTable, allocationTable, creditTable, identityMerge],
  ...LATE_FEE_TABLES,
];

/** The facts behind the statistics, one row each: what counts how is left to the queries. */
export const statisticsProjection: Projection = {
  name: 'statistics',
  version: 2,
  tables: TABLES,
  apply(batch, sql) {
    for (const event of batch) {
      const take: Take = (table, ...row) => sql.append(table, row);
      takeFacts(event, take);
      takeLateFees(event, take);
      takeName(event, sql);
    }
  },
};

/** Both events stand in the employer's own stream, so the later name stays. */
function takeName(event: RecordedEvent, sql: Writer): void {
  const { type, data } = event as unknown as CountedEvent;
  if (type !== 'EmployerRegistered' && type !== 'EmployerParticularsChanged') return;
  if (data.name !== undefined) sql.merge(employerName, [data.creditCode, data.name]);
}

function takeFacts(event: RecordedEvent, take: Take): void {
  const { position } = event;
  const { effectiveDate } = event.metadata;
  const { type, data } = event as unknown as CountedEvent;
  switch (type) {
    case 'EmployerRegistered':
      take(employerTable, position, data.creditCode, data.name, data.registeredOn);
      return;
    case 'PersonRegistered':
      take(personTable, position, data.personId, effectiveDate);
      return;
    case 'PersonEnrolled':
      for (const scheme of new Set(data.schemes)) {
        take(enrolmentTable, position, scheme, data.personId, data.employer, data.from);
      }
      return;
    case 'EnrolmentEnded':
      take(enrolmentEnd, position, data.personId, data.employer, data.lastMonth);
      return;
    case 'IdentityAbsorbed':
      take(identityMerge, position, data.merged, data.personId);
      return;
    case 'ContributionDeclared': {
      const { employer, month, headcount, joiners, leavers, totalBase } = data;
      take(declarationTable, position, employer, month, headcount, joiners, leavers, fen(totalBase), effectiveDate);
      return;
    }
    case 'DuesAssessed': {
      const { employer, month, dueDate } = data;
      data.due.forEach(({ scheme, payer, amount }, line) => {
        take(dueTable, position, line, employer, month, scheme, payer, dueDate, fen(amount), effectiveDate);
      });
      return;
    }
    case 'ContributionReceived':
      take(receiptTable, position, data.fund, data.employer, fen(data.amount), fen(data.held), effectiveDate);
      takeAllocations(position, data, effectiveDate, take);
      return;
    case 'HeldReceiptApplied':
      takeAllocations(position, data, effectiveDate, take);
      return;
    case 'UnidentifiedReceiptHeld':
      take(receiptTable, position, data.fund, null, fen(data.amount), fen(data.amount), effectiveDate);
      return;
    case 'ContributionCredited':
      take(creditTable, position, data.personId, data.month, schemesMask(data.lines), 1, effectiveDate);
      return;
    case 'ContributionCreditReversed':
      take(creditTable, position, data.personId, data.month, schemesMask(data.lines), -1, effectiveDate);
      return;
    default:
      return;
  }
}

function takeAllocations(
  position: bigint,
  { employer, allocations }: Pick<DataOf<'HeldReceiptApplied'>, 'employer' | 'allocations'>,
  effectiveDate: string,
  take: Take,
): void {
  allocations.forEach(({ month, scheme, payer, amount, late }, line) => {
    take(allocationTable, position, line, employer, month, scheme, payer, fen(amount), late, effectiveDate);
  });
}

/** One bit per scheme, in the kernel's order. */
export function schemeBit(scheme: Scheme): number {
  return 1 << SCHEMES.indexOf(scheme);
}

function schemesMask(lines: readonly { scheme: Scheme }[]): number {
  let mask = 0;
  for (const { scheme } of lines) mask |= schemeBit(scheme);
  return mask;
}

function fen(amount: string): bigint {
  return Money.of(amount).fen;
}

import type { CollectionEvent } from '@provident/collection/events';
import { invariant, Money, type RecordedEvent } from '@provident/kernel';
import type { Cell, TableDefinition } from '@provident/projections';
import { fineTable, lateFeePayment, lateFeeTable, latePartTable } from './tables.js';

type DataOf<Type extends CollectionEvent['type']> = Extract<CollectionEvent, { type: Type }>['data'];
type Take = (table: TableDefinition, ...row: Cell[]) => void;

/** The facts in an event that late fees and fines come from. */
export function takeLateFees({ position, metadata: { effectiveDate }, ...event }: RecordedEvent, take: Take): void {
  const { type, data } = event as unknown as CollectionEvent;
  switch (type) {
    case 'ContributionReceived':
    case 'HeldReceiptApplied':
      partsOf(type === 'ContributionReceived' ? { ...data, receivedOn: data.valueDate } : data).forEach(
        ({ month, scheme, amount, receivedOn }, line) => {
          take(latePartTable, position, line, data.employer, month, scheme, fen(amount), receivedOn, effectiveDate);
        },
      );
      return;
    case 'LateFeeCharged': {
      const { feeId, employer, month, scheme, to, fee } = data;
      take(lateFeeTable, position, feeId, employer, month, scheme, to, fen(fee), effectiveDate);
      return;
    }
    case 'LateFeeReceived':
    case 'HeldAppliedToLateFees':
      data.allocations.forEach(({ feeId, amount }, line) => {
        take(lateFeePayment, position, line, feeId, data.employer, fen(amount), effectiveDate);
      });
      return;
    case 'FineImposed':
      take(fineTable, position, data.fineId, data.employer, fen(data.amount), false, effectiveDate);
      return;
    case 'FinePaid':
      take(fineTable, position, data.fineId, data.employer, -fen(data.amount), false, effectiveDate);
      return;
    case 'FineRevoked':
      take(fineTable, position, data.fineId, data.employer, 0n, true, effectiveDate);
      return;
    default:
      return;
  }
}

type Applied = Pick<DataOf<'HeldReceiptApplied'>, 'allocations' | 'lateParts' | 'receivedOn'> &
  Partial<Pick<DataOf<'HeldReceiptApplied'>, 'appliedOn'>>;

/** Held money tells when its parts had come; where an event does not tell, they came when they were set against the dues. */
function partsOf({ allocations, lateParts, appliedOn, receivedOn = appliedOn }: Applied) {
  invariant(receivedOn !== undefined, 'Money came on a day.');
  return lateParts ?? allocations.filter(({ late }) => late).map((each) => ({ ...each, receivedOn }));
}

function fen(amount: string): bigint {
  return Money.of(amount).fen;
}

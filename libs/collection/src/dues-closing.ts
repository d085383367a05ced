import type { BusinessDate } from '@provident/kernel';
import { duesPosition, owedOf } from './dues-position.js';
import type { DuesState } from './dues-state.js';
import type { DuesEvent } from './events.js';
import { heldIn } from './held.js';
import type { LateFeeRule } from './late-fees/late-fee-rule.js';

/** The employer's registration is to be cancelled: are its dues, late fees and fines paid? */
export interface CloseDues {
  readonly type: 'CloseDues';
  readonly employer: string;
  readonly requestId: string;
  readonly on: BusinessDate;
  readonly lateFees: LateFeeRule;
}

/** Whether an employer whose registration is to end has paid everything (经办条例 第10条), to the fen. */
export function closeDues({ employer, requestId, on, lateFees }: CloseDues, state: DuesState): readonly DuesEvent[] {
  const owed = owedOf(duesPosition(state, on, lateFees));
  if (owed.length > 0) return [{ type: 'DuesFoundOpen', data: { employer, requestId, owed, foundOn: on } }];
  const held = [...state.held.keys()]
    .map((fund) => ({ fund, amount: heldIn(state, fund) }))
    .filter(({ amount }) => amount.isPositive)
    .map(({ fund, amount }) => ({ fund, amount: amount.toString() }));
  return [{ type: 'DuesClosed', data: { employer, requestId, held, closedOn: on } }];
}

/** What arises for closed dues still counts: people worked, a decision was made. If it leaves something owed, that is told. */
export function reopenDues(
  { employer, lateFees }: { readonly employer: string; readonly lateFees: LateFeeRule },
  state: DuesState,
  reopenedOn: BusinessDate,
): readonly DuesEvent[] {
  if (state.closedFor === undefined) return [];
  const owed = owedOf(duesPosition(state, reopenedOn, lateFees));
  if (owed.length === 0) return [];
  return [{ type: 'DuesReopened', data: { employer, requestId: state.closedFor, owed, reopenedOn } }];
}

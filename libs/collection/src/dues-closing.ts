import { type BusinessDate, type Fund, FUNDS, fundOf, Money } from '@provident/kernel';
import type { DuesCommand, DuesState } from './dues.js';
import type { DuesEvent } from './events.js';

type Owed = Extract<DuesEvent, { type: 'DuesFoundOpen' }>['data']['owed'];

/** Whether an employer whose registration is to end has paid everything (经办条例 第10条), to the fen. */
export function closeDues(
  { employer, requestId, on }: Extract<DuesCommand, { type: 'CloseDues' }>,
  state: DuesState,
): readonly DuesEvent[] {
  const owed = owedBy(state);
  if (owed.length > 0) return [{ type: 'DuesFoundOpen', data: { employer, requestId, owed, foundOn: on } }];
  const held = [...state.held]
    .filter(([, amount]) => amount.isPositive)
    .map(([fund, amount]) => ({ fund, amount: amount.toString() }));
  return [{ type: 'DuesClosed', data: { employer, requestId, held, closedOn: on } }];
}

/** What is declared for closed dues still counts: people worked for it. If it leaves something owed, that is told. */
export function reopenDues(employer: string, state: DuesState, reopenedOn: BusinessDate): readonly DuesEvent[] {
  if (state.closedFor === undefined) return [];
  const owed = owedBy(state);
  if (owed.length === 0) return [];
  return [{ type: 'DuesReopened', data: { employer, requestId: state.closedFor, owed, reopenedOn } }];
}

/** Unpaid contributions by month and fund, the oldest first. */
function owedBy(state: DuesState): Owed {
  const months = [...state.open.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  return months.flatMap(({ month, lines }) =>
    FUNDS.flatMap((fund: Fund) => {
      const unpaid = Money.sum(
        lines.filter(({ scheme }) => fundOf(scheme) === fund).map(({ due, paid }) => due.minus(paid)),
      );
      return unpaid.isPositive ? [{ kind: 'contribution' as const, fund, month, amount: unpaid.toString() }] : [];
    }),
  );
}

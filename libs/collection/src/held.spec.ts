import { addDays, type BusinessDate, businessDate, deterministicId, type Fund, Money, month } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { type DuesCommand, dues } from './dues.js';
import type { DuesEvent } from './events.js';
import { heldIn } from './held.js';
import { LAW } from './testing/law.js';

const EMPLOYER = '91350100M000100Y43';
const FUND: Fund = 'employee-pension';
const START = businessDate('2025-01-08');

/** Somebody declares the next month, pays for contributions or for late fees, has fees assessed, or takes held money back. */
interface Move {
  readonly do: 'declare' | 'pay' | 'pay-late-fees' | 'assess' | 'refund';
  readonly fen: number;
  readonly days: number;
}
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    do: fc.constantFrom('declare', 'declare', 'pay', 'pay', 'pay-late-fees', 'assess', 'refund'),
    ...{ fen: fc.integer({ min: 1, max: 40_000 }), days: fc.nat({ max: 40 }) },
  }),
  { maxLength: 25 },
);

const MONTHS = Array.from({ length: 25 }, (_, place) => month(`${2025 + Math.floor(place / 12)}-${two(place % 12)}`));

function two(place: number): string {
  return String(place + 1).padStart(2, '0');
}

function commandFor(move: Move, place: number, on: BusinessDate, declared: number, held: Money): DuesCommand {
  const amount = Money.fromFen(BigInt(move.fen));
  const id = deterministicId('move', String(place));
  const line = { receiptId: id, employer: EMPLOYER, fund: FUND, amount, bankReference: `B${place}`, valueDate: on };
  switch (move.do) {
    case 'declare': {
      const head = { declarationId: id, employer: EMPLOYER, month: MONTHS[declared] ?? month('2030-01'), headcount: 1 };
      const due = [{ scheme: 'pension' as const, payer: 'employer' as const, due: Money.of('200.00') }];
      return { type: 'AssessDues', ...head, dueDate: addDays(on, 10), due, assessedOn: on, lateFees: LAW };
    }
    case 'pay':
      return { type: 'ReceiveContribution', ...line };
    case 'pay-late-fees':
      return { type: 'ReceiveLateFee', ...line, amount: Money.fromFen(BigInt((move.fen % 500) + 1)) };
    case 'assess':
      return { type: 'AssessLateFees', employer: EMPLOYER, assessedOn: on, lateFees: LAW };
    case 'refund': {
      const refund = { refundId: id, employer: EMPLOYER, fund: FUND, refundedOn: on, reason: '多缴' };
      return { type: 'RefundHeld', ...refund, amount: Money.min(amount, held) };
    }
  }
}

function historyOf(made: readonly Move[]): DuesEvent[] {
  const events: DuesEvent[] = [];
  let [on, declared]: [BusinessDate, number] = [START, 0];
  made.forEach((move, place) => {
    on = addDays(on, move.days);
    const held = heldIn(events.reduce(dues.evolve, dues.initial), FUND);
    if (move.do === 'refund' && !held.isPositive) return;
    events.push(...given(dues, ...events).when(commandFor(move, place, on, declared, held)).events);
    if (move.do === 'declare') declared += 1;
  });
  return events;
}

/** Two purses beside the state: what came for contributions and is over, and what came for late fees and is over. */
class Purses {
  contributions = Money.zero;
  lateFees = Money.zero;

  take({ type, data }: DuesEvent): void {
    const sum = () => Money.sum('allocations' in data ? data.allocations.map(({ amount }) => Money.of(amount)) : []);
    if (type === 'ContributionReceived') this.contributions = this.contributions.plus(Money.of(data.held));
    if (type === 'LateFeeReceived') this.lateFees = this.lateFees.plus(Money.of(data.held));
    if (type === 'HeldReceiptApplied') this.contributions = this.contributions.minus(sum());
    if (type === 'HeldAppliedToLateFees') this.spend('lateFees', 'contributions', sum());
    if (type === 'HeldReceiptRefunded') this.spend('contributions', 'lateFees', Money.of(data.amount));
  }

  /** The second is touched only when nothing is left in the first. */
  private spend(first: 'contributions' | 'lateFees', second: 'contributions' | 'lateFees', amount: Money): void {
    const part = Money.min(this[first], amount);
    this[first] = this[first].minus(part);
    this[second] = this[second].minus(amount.minus(part));
  }
}

it('money held for late fees pays no dues; what was paid beyond dues pays charged late fees once nothing else is left', () => {
  const seen = { keptFromDues: 0, feesFromFees: 0, feesFromDues: 0 };
  fc.assert(
    fc.property(moves, (made) => {
      const purses = new Purses();
      let state = dues.initial;
      for (const event of historyOf(made)) {
        const before = purses.lateFees;
        purses.take(event);
        state = dues.evolve(state, event);
        expect([purses.contributions.isNegative, purses.lateFees.isNegative]).toEqual([false, false]);
        expect(heldIn(state, FUND, 'contribution').toString()).toBe(purses.contributions.toString());
        expect(heldIn(state, FUND, 'late-fee').toString()).toBe(purses.lateFees.toString());
        if (event.type === 'DuesAssessed' && before.isPositive) seen.keptFromDues += 1;
        if (event.type !== 'HeldAppliedToLateFees') continue;
        if (before.isPositive) seen.feesFromFees += 1;
        else seen.feesFromDues += 1;
      }
    }),
    { numRuns: 300 },
  );
  // Each of the three happened: the property looked at something.
  expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
});

it('the next declared month finds the money for late fees where it was', () => {
  const on = START;
  const declare = (place: number) => commandFor({ do: 'declare', fen: 1, days: 0 }, place, on, place, Money.zero);
  const paid = commandFor({ do: 'pay-late-fees', fen: 99, days: 0 }, 1, on, 0, Money.zero);
  const before = given(dues).when(paid).events;
  const outcome = given(dues, ...before).when(declare(2));
  outcome.thenTypes('DuesAssessed');
});

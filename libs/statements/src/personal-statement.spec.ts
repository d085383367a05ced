import { Money } from '@provident/kernel';
import fc from 'fast-check';
import { creditedMonths } from './account-of-year.js';
import { personalStatement } from './personal-statement.js';
import { AccountHistory } from './testing/account-history.js';

describe('a personal statement', () => {
  it('sums what each payer paid, by month, by scheme and for the year', () => {
    const history = new AccountHistory();
    history.credit('2025-01', '10000.00', '2025-01-20');
    history.credit('2025-02', '12000.00', '2025-02-20');
    const { months, totals, paid } = personalStatement(2025, history.events);
    expect(months.map((each) => each.paid)).toEqual([
      { employer: '2570.00', employee: '1050.00', total: '3620.00' },
      { employer: '3084.00', employee: '1260.00', total: '4344.00' },
    ]);
    expect(totals).toContainEqual({ scheme: 'medical', payer: 'employer', amount: '1980.00' });
    expect(paid).toEqual({ employer: '5654.00', employee: '2310.00', total: '7964.00' });
  });

  it('shows a credit that was taken back in red, with its own movements and out of the sums', () => {
    const history = new AccountHistory();
    const wrong = history.credit('2025-01', '10000.00', '2025-01-20');
    history.reverse(wrong, '2025-03-01', '误记');
    history.credit('2025-01', '11000.00', '2025-03-01', wrong.creditId);
    const { months, corrections, paid, account } = personalStatement(2025, history.events);
    expect(months).toMatchObject([{ month: '2025-01', base: '11000.00', corrects: wrong.creditId }]);
    expect(corrections).toMatchObject([
      {
        base: '-10000.00',
        accountAmount: '-800.00',
        reason: '误记',
        reverses: wrong.creditId,
        paid: { total: '-3620.00' },
      },
    ]);
    expect(paid.employee).toBe('1155.00');
    expect(account.movements).toMatchObject([
      { kind: 'credit', amount: '800.00', balance: '800.00' },
      { kind: 'reversal', amount: '-800.00', balance: '0.00', on: '2025-03-01' },
      { kind: 'credit', amount: '880.00', balance: '880.00' },
    ]);
    expect(account).toMatchObject({ credited: '880.00', closing: '880.00', contributionMonths: 1 });
  });

  it('ends a closed year with its interest, and opens the next with its balance', () => {
    const history = new AccountHistory();
    history.credit('2024-12', '10000.00', '2024-12-20');
    history.close(2024);
    history.credit('2025-01', '10000.00', '2025-01-20');
    history.close(2025);
    const { account } = personalStatement(2025, history.events);
    const last = account.movements.at(-1);
    expect(last).toMatchObject({ kind: 'interest', on: '2025-12-31', balance: account.closing });
    expect(account).toMatchObject({ opening: personalStatement(2024, history.events).account.closing, closed: true });
    expect(account.contributionMonths).toBe(2);
    expect(account.closedBy?.eventId).toBe(history.events.at(-1)?.id);
  });

  it('gives each line the event that it comes from', () => {
    const history = new AccountHistory();
    const { creditId } = history.credit('2025-01', '10000.00', '2025-01-20');
    const [line] = personalStatement(2025, history.events).months;
    const event = history.events.find(({ data }) => 'creditId' in data && data.creditId === creditId);
    expect(line).toMatchObject({ eventId: event?.id, position: String(event?.position), creditId });
  });

  it('leads from the opening balance to the closing one, whatever happened', () => {
    const moves = fc.array(
      fc.record({
        month: fc.integer({ min: 0, max: 35 }),
        fen: fc.integer({ min: 100_000, max: 3_000_000 }),
        back: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, fc.integer({ min: 2023, max: 2026 }), (steps, closedBefore) => {
        const history = new AccountHistory();
        const inOrder = [...new Map(steps.map((step) => [step.month, step])).values()].sort(
          (a, b) => a.month - b.month,
        );
        let year = 2023;
        for (const { month, fen, back } of inOrder) {
          const paid = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
          for (; year < Math.min(Number(paid.slice(0, 4)), closedBefore); year += 1) history.close(year);
          const credit = history.credit(paid, Money.fromFen(BigInt(fen)).toString(), `${paid}-20`);
          if (back) history.reverse(credit, `${paid}-28`, '误');
        }
        let opening: string | undefined;
        for (const each of [2023, 2024, 2025]) {
          const { account } = personalStatement(each, history.events);
          if (opening !== undefined) expect(account.opening).toBe(opening);
          expect(account.movements.at(-1)?.balance ?? account.opening).toBe(account.closing);
          const sum = Money.sum(account.movements.map(({ amount }) => Money.of(amount)));
          expect(Money.of(account.opening).plus(sum).toString()).toBe(account.closing);
          opening = account.closing;
        }
        const standing = inOrder.filter(({ back }) => !back).length;
        expect(creditedMonths(history.events).size).toBe(standing);
      }),
      { numRuns: 200 },
    );
  });
});

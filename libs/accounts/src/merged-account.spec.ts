import {
  businessDate,
  deterministicId,
  fold,
  Money,
  type Month,
  month,
  monthFrom,
  Rate,
  type ParameterReference,
} from '@provident/kernel';
import { accountInterest } from '@provident/policy';
import fc from 'fast-check';
import { account, type AccountCommand, type AccountState, type Credit } from './account.js';
import { countOf } from './credited-months.js';
import type { AccountEvent } from './events.js';
import { readCredit } from './written-credit.js';

const [SURVIVOR, SECOND] = [deterministicId('survivor'), deterministicId('second')];
const MERGE = deterministicId('merge');
const MERGED_ON = businessDate('2025-06-15');
const RATE = '0.0262';
const parameter: ParameterReference = {
  ...{ id: 'account.record_rate', area: '000000', from: '2024-01-01', value: RATE },
  ...{ legalBasis: 'test', confidence: 'test' },
};

/** An account by its own rules. */
class Account {
  readonly events: AccountEvent[] = [];

  constructor(readonly personId: string) {}

  get state(): AccountState {
    const last = this.events.findLastIndex(({ type }) => type === 'YearClosed');
    return fold(account, this.events.slice(Math.max(0, last)));
  }

  get balance(): Money {
    const { openingBalance, openCredits } = this.state;
    return Money.sum([openingBalance, ...openCredits.map((each) => each.accountAmount)]);
  }

  give(command: AccountCommand): readonly AccountEvent[] {
    const events = account.decide(command, this.state);
    this.events.push(...events);
    return events;
  }

  /** A paid month; where it stands already, the conflict that the reaction to a settled month records. */
  pay(of: Month, fen: number, on = `${of}-20`): void {
    const amount = Money.fromFen(BigInt(fen));
    const credit: Credit = {
      ...{ creditId: deterministicId('credit', this.personId, of), personId: this.personId, month: of },
      ...{ employer: '91350100M000100Y43', declarationId: deterministicId('declaration', of) },
      ...{ base: amount, accountAmount: amount, creditedOn: businessDate(on) },
      lines: [{ scheme: 'pension', payer: 'employee', amount }],
    };
    this.take(credit);
  }

  take(credit: Credit): void {
    try {
      this.give({ type: 'CreditContribution', ...credit });
    } catch {
      this.give({ type: 'RecordConflict', credit, reason: 'paid twice' });
    }
  }

  close(year: number): readonly AccountEvent[] {
    return this.give({ type: 'CloseYear', personId: this.personId, year, rate: Rate.of(RATE), parameter });
  }

  /** Ends for the survivor, which takes over. */
  mergeInto(survivor: Account): readonly AccountEvent[] {
    const merge = { mergeId: MERGE, mergedOn: MERGED_ON };
    this.give({ type: 'MergeInto', ...merge, personId: this.personId, survivor: survivor.personId });
    return survivor.give({
      ...{ type: 'AbsorbAccount', ...merge, personId: survivor.personId, merged: this.personId },
      ...{ content: this.state, interest: this.interest, standing: this.standing },
    });
  }

  private get interest(): Money {
    return Money.sum(
      this.events.flatMap(({ type, data }) => (type === 'AccountInterestPosted' ? [Money.of(data.interest)] : [])),
    );
  }

  private get standing(): readonly Credit[] {
    const credits = this.events.flatMap(({ type, data }) =>
      type === 'ContributionCredited' ? [readCredit(data)] : [],
    );
    const gone = this.events.flatMap(({ type, data }) =>
      type === 'ContributionCreditReversed' ? [data.reverses] : [],
    );
    return credits.filter(({ creditId }) => !gone.includes(creditId));
  }
}

const typesOf = (events: readonly AccountEvent[]) => events.map(({ type }) => type);
const months = (year: number, from: number, to: number): Month[] =>
  Array.from({ length: to - from + 1 }, (_, place) => monthFrom(year, from + place));

describe('the account of a merged identity', () => {
  it('takes nothing more, and names the survivor; its merge is told once', () => {
    const second = new Account(SECOND);
    second.pay(month('2025-01'), 40_000);
    const survivor = new Account(SURVIVOR);
    expect(typesOf(second.mergeInto(survivor))).toEqual(['AccountMergedFrom']);
    expect(second.mergeInto(survivor)).toEqual([]);
    expect(() => second.pay(month('2025-02'), 40_000)).toThrow(SURVIVOR);
    expect(second.close(2025)).toEqual([]);
    const other = { mergeId: deterministicId('other'), mergedOn: MERGED_ON };
    expect(() => second.give({ type: 'MergeInto', ...other, personId: SECOND, survivor: SECOND })).toThrow(SURVIVOR);
  });

  it('is not merged a second time after a closing either, from which alone the accounts are loaded', () => {
    const [second, survivor] = [new Account(SECOND), new Account(SURVIVOR)];
    second.pay(month('2025-01'), 40_000);
    second.mergeInto(survivor);
    survivor.close(2025);
    const before = survivor.balance;
    expect(second.mergeInto(survivor)).toEqual([]);
    expect(survivor.balance).toEqual(before);
    expect(fold(account, survivor.events)).toEqual(survivor.state);
  });

  it('waits for its own closing of a year that the survivor has closed, which its merge alone may make', () => {
    const [second, survivor] = [new Account(SECOND), new Account(SURVIVOR)];
    second.pay(month('2024-01'), 40_000);
    survivor.pay(month('2024-02'), 40_000);
    survivor.close(2024);
    expect(() => second.mergeInto(survivor)).toThrow('a year that the survivor');
    const terms = { personId: SECOND, year: 2024, rate: Rate.of(RATE), parameter };
    expect(second.give({ type: 'CloseYear', ...terms, mergeId: deterministicId('other') })).toEqual([]);
    expect(typesOf(second.give({ type: 'CloseYear', ...terms, mergeId: MERGE }))).toContain('YearClosed');
    expect(fold(account, second.events)).toEqual(second.state);
    second.mergeInto(survivor);
    expect(survivor.balance.toString()).toBe('820.09');
  });

  it('gives a survivor without a record the years that it has closed', () => {
    const [second, survivor] = [new Account(SECOND), new Account(SURVIVOR)];
    second.pay(month('2024-01'), 40_000);
    second.close(2024);
    second.mergeInto(survivor);
    expect(() =>
      survivor.give({
        ...{ type: 'CreditContribution', creditId: deterministicId('late'), personId: SURVIVOR, lines: [] },
        ...{ employer: '91350100M000100Y43', declarationId: deterministicId('late'), month: month('2024-03') },
        ...{ base: Money.zero, accountAmount: Money.zero, creditedOn: businessDate('2024-12-31') },
      }),
    ).toThrow('is closed');
    expect(survivor.close(2025)[1]?.data).toMatchObject({ openingBalance: '0.00', credited: '410.48', year: 2025 });
  });
});

describe('a month that both identities had', () => {
  it('leaves the account by name and waits for a clerk; the survivor keeps the month', () => {
    const [second, survivor] = [new Account(SECOND), new Account(SURVIVOR)];
    for (const of of months(2025, 1, 3)) second.pay(of, 30_000);
    survivor.pay(month('2025-02'), 50_000);
    const events = second.mergeInto(survivor);
    expect(typesOf(events)).toEqual(['AccountMergedFrom', 'ContributionCreditReversed', 'CreditConflictFound']);
    expect(events[1]?.data).toMatchObject({ month: '2025-02', accountAmount: '-300.00', monthStands: true });
    expect(events[2]?.data).toMatchObject({ personId: SURVIVOR, month: '2025-02', accountAmount: '300.00' });
    expect(survivor.balance.toString()).toBe('1100.00');
    expect(countOf(survivor.state.creditedMonths)).toBe(3);
    expect(survivor.close(2025)[1]?.data).toMatchObject({ credited: '1100.00', contributionMonths: 3 });
  });

  it('of a closed year leaves with the start of the open one; what it earned by then stays', () => {
    const [second, survivor] = [new Account(SECOND), new Account(SURVIVOR)];
    for (const each of [second, survivor]) each.pay(month('2024-01'), 100_000);
    for (const each of [second, survivor]) each.close(2024);
    const [, reversal] = second.mergeInto(survivor);
    expect(reversal?.data).toMatchObject({ creditedOn: '2025-01-01', accountAmount: '-1000.00' });
    expect(survivor.balance.toString()).toBe('1052.40');
    // 1052.40 × 2.62 %
    expect(survivor.close(2025)[0]?.data).toMatchObject({ openingInterest: '27.57', creditInterest: '0.00' });
  });
});

describe('two accounts in whatever state', () => {
  interface Paid {
    readonly second: boolean;
    readonly month: Month;
    readonly fen: number;
  }
  const paid = (year: number) =>
    fc
      .array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300_000 })), {
        maxLength: 16,
      })
      .map((all) =>
        all
          .map(([second, inYear, fen]): Paid => ({ second, month: monthFrom(year, inYear), fen }))
          .filter((each, place, list) => list.findIndex((one) => key(one) === key(each)) === place),
      );
  const key = (each: Paid) => `${each.second} ${each.month}`;
  const once = (all: readonly Paid[]) =>
    all.filter((each, place) => all.findIndex((one) => one.month === each.month) === place);
  const made = (all: readonly Paid[], closed: boolean) => {
    const accounts = { second: new Account(SECOND), survivor: new Account(SURVIVOR) };
    for (const each of all) (each.second ? accounts.second : accounts.survivor).pay(each.month, each.fen);
    if (closed) for (const each of [accounts.second, accounts.survivor]) each.close(2024);
    return accounts;
  };

  it('earn together what one account with both would have earned', () => {
    fc.assert(
      fc.property(paid(2024).map(once), paid(2025).map(once), (before, after) => {
        const { second, survivor } = made(before, true);
        const opening = second.balance.plus(survivor.balance);
        for (const each of after) (each.second ? second : survivor).pay(each.month, each.fen);
        second.mergeInto(survivor);
        const [posted] = survivor.close(2025);
        const wanted = accountInterest({
          ...{ method: 'month-product', openingBalance: opening, rate: Rate.of(RATE) },
          credits: after.map((each) => ({
            month: Number(each.month.slice(5)),
            amount: Money.fromFen(BigInt(each.fen)),
          })),
        });
        if (opening.isZero && after.length === 0) return posted === undefined;
        return posted?.type === 'AccountInterestPosted' && posted.data.interest === wanted.interest.toString();
      }),
    );
  });

  it('have the same balance whether a late month of the second comes before the merge or after it', () => {
    fc.assert(
      fc.property(paid(2025), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300_000 }), (all, at, fen) => {
        const late = monthFrom(2025, at);
        const others = all.filter((each) => !each.second || each.month !== late);
        const first = made(others, false);
        first.second.pay(late, fen);
        first.second.mergeInto(first.survivor);
        const then = made(others, false);
        then.second.mergeInto(then.survivor);
        // Paid for the second, credited to the survivor.
        const lone = new Account(SECOND);
        lone.pay(late, fen);
        const [credited] = lone.events as [Extract<AccountEvent, { type: 'ContributionCredited' }>];
        then.survivor.take({ ...readCredit(credited.data), personId: SURVIVOR });
        expect(then.survivor.balance).toEqual(first.survivor.balance);
        expect(then.survivor.state.creditedMonths).toEqual(first.survivor.state.creditedMonths);
        const conflicts = (events: readonly AccountEvent[]) =>
          events.flatMap(({ type, data }) => (type === 'CreditConflictFound' ? [data.creditId] : [])).sort();
        expect(conflicts(then.survivor.events)).toEqual(conflicts(first.survivor.events));
      }),
    );
  });

  it('never give a month two credits that stand', () => {
    fc.assert(
      fc.property(paid(2024), paid(2025), fc.boolean(), (before, after, closed) => {
        const { second, survivor } = made(before, closed);
        for (const each of after) (each.second ? second : survivor).pay(each.month, each.fen);
        second.mergeInto(survivor);
        const standing = new Map<string, string>();
        for (const { type, data } of [...second.events, ...survivor.events]) {
          if (type === 'ContributionCredited') standing.set(data.creditId, data.month);
          if (type === 'ContributionCreditReversed') standing.delete(data.reverses);
        }
        expect(new Set(standing.values()).size).toBe(standing.size);
        expect(countOf(survivor.state.creditedMonths)).toBe(standing.size);
      }),
    );
  });
});

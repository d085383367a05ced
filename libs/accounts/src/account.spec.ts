import { businessDate, deterministicId, Money, type Month, month, monthFrom, Rate } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { account, type AccountCommand, type Credit } from './account.js';
import type { AccountEvent, ConflictOutcome } from './events.js';

const PERSON = deterministicId('person');
const parameter = {
  id: 'account.record_rate',
  area: '000000',
  from: '2025-01-01',
  value: '0.0150',
  legalBasis: 'test',
  confidence: 'test',
};

function creditOf(of: Month, amount = '400.00', on = `${of}-20`): Credit {
  return {
    creditId: deterministicId('credit', of),
    personId: PERSON,
    employer: '91350100M000100Y43',
    declarationId: deterministicId('declaration', of),
    month: of,
    base: Money.of('5000.00'),
    lines: [{ scheme: 'pension', payer: 'employee', amount: Money.of(amount) }],
    accountAmount: Money.of(amount),
    creditedOn: businessDate(on),
  };
}

const creditCommand = (...args: Parameters<typeof creditOf>): AccountCommand => ({
  type: 'CreditContribution',
  ...creditOf(...args),
});
const close = (year: number, rate: string): AccountCommand => ({
  type: 'CloseYear',
  personId: PERSON,
  year,
  rate: Rate.of(rate),
  parameter,
});

function history(...commands: AccountCommand[]): AccountEvent[] {
  const events: AccountEvent[] = [];
  for (const command of commands) {
    const outcome = given(account, ...events).when(command);
    if (outcome.refusal !== undefined) throw outcome.refusal;
    events.push(...outcome.events);
  }
  return events;
}

const yearOfCredits = (year: number): AccountCommand[] =>
  Array.from({ length: 12 }, (_, i) => creditCommand(monthFrom(year, i + 1)));

describe('a pension account', () => {
  const jan = month('2025-01');

  it('takes each month once', () => {
    const events = history(creditCommand(jan));
    given(account, ...events)
      .when(creditCommand(jan))
      .thenNothing();
    given(account, ...events)
      .when({ ...creditCommand(jan), creditId: deterministicId('another') } as AccountCommand)
      .thenRefused('month-already-credited');
  });

  it('reverses a wrong credit in red, names it, and takes the month again', () => {
    const events = history(creditCommand(jan));
    const reversal: AccountCommand = {
      type: 'ReverseCredit',
      reversalId: deterministicId('reversal'),
      credit: creditOf(jan),
      reversedOn: businessDate('2025-03-01'),
      reason: '同名误记',
    };
    const outcome = given(account, ...events).when(reversal);
    outcome.thenTypes('ContributionCreditReversed');
    expect(outcome.events[0]?.data).toMatchObject({ reverses: creditOf(jan).creditId, accountAmount: '-400.00' });
    const after = [...events, ...outcome.events];
    given(account, ...after)
      .when(reversal)
      .thenRefused('credit-not-open');
    given(account, ...after)
      .when({ ...creditCommand(jan), creditId: deterministicId('right') } as AccountCommand)
      .thenTypes('ContributionCredited');
    given(account, ...after, ...history())
      .when(close(2025, '0.015'))
      .thenTypes();
  });

  it('earns interest by the month product and closes the year (I01 of the worked cases)', () => {
    const opening: AccountEvent = {
      type: 'YearClosed',
      data: {
        personId: PERSON,
        year: 2015,
        openingBalance: '0.00',
        credited: '10000.00',
        interest: '0.00',
        closingBalance: '10000.00',
        contributionMonths: 12,
        creditedMonths: { '2015': 4095 },
        openCredits: [],
      },
    };
    const credits = Array.from({ length: 12 }, (_, i) => creditCommand(monthFrom(2016, i + 1)));
    let events: AccountEvent[] = [opening];
    for (const command of credits) events = [...events, ...given(account, ...events).when(command).events];
    const outcome = given(account, ...events).when(close(2016, '0.0831'));
    outcome.thenTypes('AccountInterestPosted', 'YearClosed');
    expect(outcome.events[1]?.data).toMatchObject({ closingBalance: '15847.06', contributionMonths: 24 });
  });

  it('counts interest from the month in which the money came', () => {
    const late = history(creditCommand(jan, '400.00', '2025-03-05'), close(2025, '0.12'));
    expect(late[1]?.data).toMatchObject({ creditInterest: '40.00' });
  });

  it('closes years in order, keeps credits of the next year open, and refuses late entries into a closed one', () => {
    const events = history(...yearOfCredits(2024), creditCommand(jan), close(2024, '0.0262'));
    expect(events.at(-1)?.data).toMatchObject({ openCredits: [{ month: jan }] });
    given(account, ...events)
      .when(close(2024, '0.0262'))
      .thenNothing();
    given(account, ...events)
      .when(close(2026, '0.01'))
      .thenRefused('earlier-year-open');
    given(account, ...events)
      .when({ ...creditCommand(month('2023-12')), creditedOn: businessDate('2024-12-31') } as AccountCommand)
      .thenRefused('account-year-closed');
  });

  it('folds from its last closing to the same state as from its beginning', () => {
    const events = history(
      ...[2022, 2023, 2024].flatMap((year) => [...yearOfCredits(year), close(year, '0.03')]),
      creditCommand(jan),
    );
    const fold = (of: readonly AccountEvent[]) => of.reduce(account.evolve, account.initial);
    const last = events.findLastIndex((event) => event.type === 'YearClosed');
    expect(fold(events.slice(last))).toEqual(fold(events));
  });
});

describe('a month that was paid twice', () => {
  const jan = month('2025-01');
  const second: Credit = { ...creditOf(jan, '500.00'), creditId: deterministicId('second') };
  const settle = (outcome: ConflictOutcome, standing?: Credit): AccountCommand => ({
    type: 'SettleConflict',
    ...{ conflict: second, outcome, settledOn: businessDate('2025-06-01'), standing },
  });
  const found = history(creditCommand(jan), { type: 'RecordConflict', credit: second, reason: 'paid twice' });

  it('waits until a case settles it, also beyond a closing, and is settled once', () => {
    for (const events of [found, [...found, ...given(account, ...found).when(close(2025, '0.0150')).events]]) {
      given(account, ...events)
        .when(settle('kept'))
        .thenTypes('CreditConflictSettled');
      const settled = given(account, ...events).when(settle('refunded')).events;
      expect(settled).toMatchObject([{ data: { outcome: 'refunded', accountAmount: '500.00', month: jan } }]);
      for (const again of ['kept', 'refunded', 'replaced'] as const) {
        given(account, ...events, ...settled)
          .when(settle(again))
          .thenRefused('conflict-not-open');
      }
    }
    given(account, ...history(creditCommand(jan)))
      .when(settle('kept'))
      .thenRefused('conflict-not-open');
  });

  it('may be the right record: the earlier credit is taken back in red, and this one is made in its place', () => {
    const outcome = given(account, ...found).when(settle('replaced', creditOf(jan)));
    outcome.thenTypes('ContributionCreditReversed', 'ContributionCredited', 'CreditConflictSettled');
    const [reversal, credit] = outcome.events;
    expect(reversal?.data).toMatchObject({ reverses: creditOf(jan).creditId, accountAmount: '-400.00' });
    expect(credit?.data).toMatchObject({ accountAmount: '500.00', month: jan, corrects: creditOf(jan).creditId });
    const state = [...found, ...outcome.events].reduce(account.evolve, account.initial);
    expect(state.openCredits.map(({ accountAmount }) => accountAmount.toString())).toEqual(['500.00']);
    expect(state.creditedMonths).toEqual({ '2025': 1 });
    expect(state.openConflicts).toEqual([]);
  });

  it('is credited alone where the earlier credit went to somebody else meanwhile', () => {
    const reversal: AccountCommand = {
      ...{ type: 'ReverseCredit', reversalId: deterministicId('reversal'), credit: creditOf(jan) },
      ...{ reversedOn: businessDate('2025-03-01'), reason: '同名误记' },
    };
    const events = [...found, ...given(account, ...found).when(reversal).events];
    given(account, ...events)
      .when(settle('replaced'))
      .thenTypes('ContributionCredited', 'CreditConflictSettled');
  });
});

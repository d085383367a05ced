import type { AccountEvent } from '@provident/accounts/events';
import {
  type BusinessDate,
  invariant,
  Money,
  monthOf,
  monthOfYear,
  type RecordedEvent,
  yearOf,
} from '@provident/kernel';
import { calculate } from '@provident/policy';
import { creditedMonths, type StatementAccount } from '../account-of-year.js';
import { type MovedEntry, movedEntries } from '../moved-entries.js';
import type { Bilingual } from './explained-figure.js';
import type { AccountFigure } from './figure-name.js';
import { type Reckoning, sumReckoning } from './month-figures.js';

export const ACCOUNT_TITLES: Readonly<Record<AccountFigure, Bilingual>> = {
  opening: { zh: '年初储存额', en: 'Opening balance' },
  credited: { zh: '本年记入', en: 'Credited this year' },
  interest: { zh: '本年利息', en: 'Interest of the year' },
  closing: { zh: '储存额', en: 'Balance' },
  months: { zh: '累计缴费月数', en: 'Contribution months on record' },
};

type Events = readonly RecordedEvent<AccountEvent>[];

/** A figure of the personal account: how it was reckoned, and from which events. */
export function accountReckoning(
  of: AccountFigure,
  year: number,
  account: StatementAccount,
  events: Events,
): Reckoning & { readonly amount: string; readonly rests: Events } {
  const entries = movedEntries(events);
  const inYear = entries.filter((each) => each.year === year);
  const closing = events.findLast((event) => closes(event, (closed) => closed === year));
  switch (of) {
    case 'opening': {
      const before = events.findLast((event) => closes(event, (closed) => closed < year));
      const closed = before === undefined ? 0 : (before.data as { year: number }).year;
      const open = entries.filter((each) => each.year < year && each.year > closed);
      const known = before === undefined ? [] : [(before.data as { closingBalance: string }).closingBalance];
      const rule = { zh: '年初储存额 = 上年末储存额', en: 'Opening balance = closing balance of the year before' };
      const amounts = [...known, ...(closing === undefined ? open.map(amountOf) : [])];
      return {
        ...sumReckoning(amounts, account.opening, rule),
        ...{ amount: account.opening, rests: [...(before === undefined ? [] : [before]), ...open.map(eventOf)] },
      };
    }
    case 'credited': {
      const rule = { zh: '本年记入 = 本年各笔记账之和', en: 'Credited = sum of the credits of the year' };
      const reckoning = sumReckoning(inYear.map(amountOf), account.credited, rule);
      return { ...reckoning, amount: account.credited, rests: inYear.map(eventOf) };
    }
    case 'interest':
      return {
        ...interestReckoning(year, account, events),
        amount: account.interest?.total ?? '0.00',
        rests: postedIn(events, year),
      };
    case 'closing': {
      const rule = { zh: '储存额 = 年初储存额 + 本年记入 + 利息', en: 'Balance = opening + credited + interest' };
      const parts = [
        account.opening,
        account.credited,
        ...(account.interest === undefined ? [] : [account.interest.total]),
      ];
      const rests = closing === undefined ? inYear.map(eventOf) : [closing];
      return { ...sumReckoning(parts, account.closing, rule), amount: account.closing, rests };
    }
    case 'months':
      return monthsReckoning(account, closing === undefined ? events : events.slice(0, events.indexOf(closing) + 1));
  }
}

function interestReckoning(year: number, { opening, interest }: StatementAccount, events: Events): Reckoning {
  const law = '社会保险法 第14条; 劳办发〔1997〕116号';
  if (interest === undefined) {
    const rule = { zh: '年度尚未结息', en: 'The year’s interest is not posted yet' };
    return { law, steps: [{ figure: 'interest', rule, working: '', value: '0.00', parameters: [] }] };
  }
  const { atStart, credits } = earningIn(year, events);
  const { explanation, result } = calculate('account-interest', {
    ...{ method: 'month-product', openingBalance: Money.of(opening).plus(atStart).toString(), rate: interest.rate },
    credits: credits.map(({ on, amount }) => ({ month: monthOfYear(monthOf(on)), amount: amount.toString() })),
  });
  invariant(result['interest'] === interest.total, 'Posted interest is what its formula gives.');
  const steps = explanation().steps.filter(({ figure }) => figure !== 'closingBalance' && figure !== 'debitInterest');
  const last = steps.map((each) => (each.figure === 'interest' ? { ...each, parameters: [interest.parameter] } : each));
  return { law, steps: last };
}

interface Earning {
  readonly creditId: string;
  readonly on: BusinessDate;
  readonly amount: Money;
}

/**
 * What earns in a year: with the opening balance what a merge brought that was there at the start of it, less duplicates of
 * closed years; and the year's credits. Credits that were taken back earn nothing, as if they had never been.
 */
function earningIn(year: number, events: Events): { readonly atStart: Money; readonly credits: readonly Earning[] } {
  let atStart = Money.zero;
  const credits = new Map<string, Earning>();
  for (const event of events) {
    const { type, data } = event as unknown as AccountEvent;
    if (type === 'AccountMergedFrom') {
      for (const { creditId, creditedOn: on, accountAmount, opening } of data.entries) {
        if (yearOf(on) !== year) continue;
        const amount = Money.of(accountAmount);
        if (opening === true) atStart = atStart.plus(amount);
        else credits.set(creditId, { creditId, on, amount });
      }
    }
    if (type !== 'ContributionCredited' && type !== 'ContributionCreditReversed') continue;
    if (yearOf(data.creditedOn) !== year) continue;
    const { creditId, creditedOn: on } = data;
    const amount = Money.of(data.accountAmount);
    if (type === 'ContributionCredited') credits.set(creditId, { creditId, on, amount });
    else if (!credits.delete(data.reverses)) atStart = atStart.plus(amount);
  }
  return { atStart, credits: [...credits.values()] };
}

function monthsReckoning(account: StatementAccount, events: Events) {
  const months = creditedMonths(events);
  const years = new Map<string, number>();
  for (const month of months) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + 1);
  const working = [...years]
    .sort()
    .map(([year, count]) => `${year}: ${count}`)
    .join(' + ');
  const amount = String(account.contributionMonths);
  const rule = { zh: '累计缴费月数 = 各年已记入月数之和', en: 'Months on record = months credited, by year' };
  const steps = [{ figure: 'months', rule, working, value: amount, parameters: [] }];
  const closing = events.findLast((event) => event.type === 'YearClosed');
  return { law: '社会保险法 第16条', steps, amount, rests: closing === undefined ? events : [closing] };
}

function eventOf({ event }: MovedEntry): RecordedEvent<AccountEvent> {
  return event;
}

function amountOf({ amount }: MovedEntry): string {
  return amount.toString();
}

function postedIn(events: Events, year: number): Events {
  return events.filter(
    ({ type, data }) => type === 'AccountInterestPosted' && (data as { year: number }).year === year,
  );
}

function closes({ type, data }: RecordedEvent<AccountEvent>, which: (year: number) => boolean): boolean {
  return type === 'YearClosed' && which((data as { year: number }).year);
}

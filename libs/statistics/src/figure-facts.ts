import { CHART } from '@provident/books/chart-of-accounts';
import { type BusinessDate, firstDayOf, lastDayOf, type Month, SCHEMES, type Scheme } from '@provident/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { IndicatorId } from './definitions.js';
import type { FigureSubject } from './figures.js';
import { schemeBit } from './projection.js';

/** One figure of a month, counted up to a day. */
export interface FigureName {
  readonly indicator: IndicatorId;
  readonly of: FigureSubject;
  readonly month: Month;
  readonly asOf: BusinessDate;
  /** The log position at which the facts were known; all of them when absent. */
  readonly knownAt?: bigint | undefined;
}

/** A fact behind a figure: the position of its event, and what it brings to the figure. */
export interface FigureFact {
  readonly position: bigint;
  /** The employer concerned, where the fact names one. */
  readonly party: string | null;
  readonly month: string;
  /** Fen for amounts, people for counts (a person may have several facts). */
  readonly amount: bigint;
}

/** The columns (position, party, month, amount) of one source of facts. */
type Facts = RawBuilder<FigureFact>;

/**
 * The facts that a figure is made of, as a statement. An enrolment brings 1 to participants, and what ends one before the
 * month -1. Of amounts and payers, the sum of the facts is the figure; for a rate they are the facts of both its parts.
 */
export function factsOf(name: FigureName): Facts {
  const { indicator, of, month, asOf, knownAt } = name;
  const known = (table: string) => (knownAt === undefined ? TRUE : sql`${sql.ref(`${table}.position`)} <= ${knownAt}`);
  const scheme = of as Scheme | 'all';
  const inScheme = scheme === 'all' ? TRUE : sql`scheme = ${scheme}`;
  const dues = (which: Condition, amount: Condition = sql`amount_fen`): Facts => sql`
    select position, employer as party, month, ${amount} as amount from due
    where ${which} and ${inScheme} and effective_date <= ${asOf} and ${known('due')}`;
  const allocations = (which: Condition, amount: Condition = sql`amount_fen`): Facts => sql`
    select position, employer as party, month, ${amount} as amount from allocation
    where ${which} and ${inScheme} and effective_date <= ${asOf} and ${known('allocation')}`;
  const thisMonth = sql`month = ${month}`;
  switch (indicator) {
    case 'participants':
      return sql`
        select position, employer as party, from_month as month, 1::bigint as amount from enrolment
        where from_month <= ${month} and ${inScheme} and ${known('enrolment')}
        union all
        select ending.position, ending.employer, ending.last_month, -1::bigint from enrolment_end ending
        where ending.last_month < ${month} and ${known('ending')} and exists (
          select 1 from enrolment where enrolment.person_id = ending.person_id
            and enrolment.employer = ending.employer and enrolment.position < ending.position
            and from_month <= ${month} and ${inScheme})`;
    case 'payers': {
      const mask = scheme === 'all' ? (1 << SCHEMES.length) - 1 : schemeBit(scheme);
      return sql`
        select position, null::text as party, month, sign::bigint as amount from credit
        where ${thisMonth} and effective_date <= ${asOf} and schemes & ${sql.lit(mask)} <> 0 and ${known('credit')}`;
    }
    case 'due':
      return dues(thisMonth);
    case 'received':
      return allocations(thisMonth);
    case 'receivedLate':
      return allocations(sql`${thisMonth} and late`);
    case 'collectionRate':
      return sql`${dues(thisMonth)} union all ${allocations(thisMonth)}`;
    case 'arrears': {
      const upTo = sql`month <= ${month} and (employer, month, scheme, payer) in (
        select employer, month, scheme, payer from due
        where month <= ${month} and effective_date <= ${asOf} and ${known('due')}
        group by 1, 2, 3, 4 having max(due_date) < ${asOf})`;
      return sql`${dues(upTo)} union all ${allocations(upTo, sql`-amount_fen`)}`;
    }
    case 'income':
    case 'expenditure':
    case 'balance':
      return sql`${fundLines(name)} and ${known('line')}`;
  }
}

type Condition = RawBuilder<unknown>;
const TRUE: Condition = sql`true`;

/** The voucher lines of the accounts that a fund's figure is made of; within the month, or up to its end. */
function fundLines({ indicator, of, month, asOf }: FigureName): Facts {
  const classes = { income: ['income'], expenditure: ['expense'] }[indicator as string] ?? ['asset', 'liability'];
  const accounts = CHART.filter((account) => classes.includes(account.class)).map(({ code }) => code);
  const last = lastDayOf(month);
  const from = indicator === 'balance' ? TRUE : sql`line.effective_date >= ${firstDayOf(month)}`;
  // A balance is assets less liabilities, which is debit less credit over both.
  const amount = indicator === 'income' ? sql`credit_fen - debit_fen` : sql`debit_fen - credit_fen`;
  return sql`
    select line.position, voucher.party, to_char(line.effective_date, 'YYYY-MM') as month, ${amount} as amount
    from journal_line line join voucher using (position)
    where line.fund = ${of} and line.account in (${sql.join(accounts)}) and ${from}
      and line.effective_date <= ${asOf < last ? asOf : last}`;
}

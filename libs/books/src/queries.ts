import { FUNDS, type BusinessDate, DomainError, type Fund, Money } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import { type Account, type AccountClass, CHART, accountOf } from './chart-of-accounts.js';
import type { BooksDatabase } from './tables.js';
import { type AsOf, type MonthlyTurnover, monthlyTurnovers, type TurnoverSums, turnovers } from './turnovers.js';

/** One account's detail over a period. Opening and closing are on the account's normal side. */
export interface TrialBalanceRow {
  readonly fund: Fund;
  readonly account: Account;
  readonly detail: string;
  readonly opening: Money;
  readonly debit: Money;
  readonly credit: Money;
  readonly closing: Money;
}

/** A fund at the end of a day: the lines of 会社保01, with the income and expenditure not yet closed to the balance. */
export interface FundPosition {
  readonly fund: Fund;
  readonly assets: Money;
  readonly liabilities: Money;
  readonly netAssets: Money;
  readonly income: Money;
  readonly expenditure: Money;
  readonly lines: readonly { readonly account: Account; readonly balance: Money }[];
}

export interface LinesQuestion extends AsOf {
  readonly fund: Fund;
  readonly account: string;
  readonly from?: BusinessDate | undefined;
  /** Details that are this or begin with it. */
  readonly detail?: string | undefined;
  /** From the last day backwards. */
  readonly newestFirst?: boolean | undefined;
  /** Continues behind this place of an earlier answer, in the order asked for. */
  readonly after?: { readonly position: bigint; readonly line: number } | undefined;
  /** Passes over this many lines first. It costs the reading of as many places of an index. */
  readonly skip?: number | undefined;
  readonly limit: number;
}

/** What tells which lines, whatever the page. */
export type LinesChosen = Omit<LinesQuestion, 'newestFirst' | 'after' | 'skip' | 'limit'>;

/** The questions that the books answer. Every one can be asked "effective on a day, as known at a log position". */
export class BookQueries {
  constructor(private readonly db: Kysely<BooksDatabase>) {}

  /** Trial balance (科目余额表) of one fund or all, down to details; memorandum accounts stand last. */
  async trialBalance(question: AsOf & { fund?: Fund | undefined; from?: BusinessDate | undefined } = {}) {
    const sums = await turnovers(this.db, question);
    return sums.map((each) => trialBalanceRow(each));
  }

  /** Net turnover (debit less credit) of every account's detail by the month that it counts for. */
  monthlyTurnovers(question: AsOf & { fund?: Fund | undefined } = {}): Promise<MonthlyTurnover[]> {
    return monthlyTurnovers(this.db, question);
  }

  /** Balance of an account in one fund, all its details together, on its normal side. Throws `account-unknown`. */
  async balance(question: AsOf & { fund: Fund; account: string }): Promise<Money> {
    const account = knownAccount(question.account);
    const sums = await turnovers(this.db, question);
    return Money.sum(sums.map((each) => closing(each, account)));
  }

  /** Each fund's position; a fund without postings has zeros. */
  async fundPositions(question: AsOf & { fund?: Fund | undefined } = {}): Promise<FundPosition[]> {
    const sums = await turnovers(this.db, question);
    const funds = question.fund === undefined ? FUNDS : [question.fund];
    return funds.map((fund) => {
      const own = sums.filter((each) => each.fund === fund);
      return positionOf(fund, own);
    });
  }

  /** An account's voucher lines in the order of their days, each with the event that it comes from. */
  lines(question: LinesQuestion) {
    return this.linesQuery(question).execute();
  }

  /** The same as a query, for who looks at its plan. */
  linesQuery(question: LinesQuestion) {
    const { after, limit, skip = 0 } = question;
    const [direction, behind] =
      question.newestFirst === true ? (['desc', sql`<`] as const) : (['asc', sql`>`] as const);
    knownAccount(question.account);
    let lines = this.db
      .selectFrom('journal_line')
      .select(['position', 'line', 'detail', 'effective_date', 'debit_fen', 'credit_fen'])
      .where(chosenLines(question))
      .orderBy('effective_date', direction)
      .orderBy('position', direction)
      .orderBy('line', direction)
      .limit(limit)
      .offset(skip);
    if (after !== undefined) {
      const { position, line } = after;
      lines = lines.where(
        sql<boolean>`(effective_date, position, line) ${behind}
          (select effective_date, position, line from journal_line where position = ${position} and line = ${line})`,
      );
    }
    // The page first, then its vouchers: the join must not run over the whole account.
    return this.db
      .selectFrom(lines.as('page'))
      .innerJoin('voucher', 'voucher.position', 'page.position')
      .select(['page.position', 'page.line', 'page.detail', 'page.effective_date', 'page.debit_fen', 'page.credit_fen'])
      .select(['voucher.templates', 'voucher.event_type', 'voucher.event_id', 'voucher.stream', 'voucher.party'])
      .orderBy('page.effective_date', direction)
      .orderBy('page.position', direction)
      .orderBy('page.line', direction);
  }

  /** How many lines `lines` would give in all, and their sums. Throws `account-unknown`. */
  async lineTotals(question: LinesChosen) {
    const account = knownAccount(question.account);
    const { lines, debit, credit } = await this.db
      .selectFrom('journal_line')
      .select(sql<bigint>`count(*)::bigint`.as('lines'))
      .select(sql<bigint>`coalesce(sum(debit_fen), 0)::bigint`.as('debit'))
      .select(sql<bigint>`coalesce(sum(credit_fen), 0)::bigint`.as('credit'))
      .where(chosenLines(question))
      .executeTakeFirstOrThrow();
    return { account, lines, debit: Money.fromFen(debit), credit: Money.fromFen(credit) };
  }

  /** A voucher with its lines, by its number (the position of its event). Throws `voucher-unknown`. */
  async voucher(position: bigint) {
    const voucher = await this.db.selectFrom('voucher').selectAll().where('position', '=', position).executeTakeFirst();
    if (voucher === undefined) {
      throw new DomainError(
        'voucher-unknown',
        `There is no voucher ${position}.`,
        'A voucher bears the log position of the event that it books; events that move no money have none.',
        'Take the number from an account’s lines.',
        { position: position.toString() },
      );
    }
    const lines = await this.db
      .selectFrom('journal_line')
      .select(['line', 'account', 'detail', 'debit_fen', 'credit_fen'])
      .where('position', '=', position)
      .orderBy('line')
      .execute();
    return { ...voucher, lines };
  }

  /** A person's pension account, summed from its movements. */
  async personalAccount(
    personId: string,
    { asOf, knownAt }: AsOf = {},
  ): Promise<{ principal: Money; interest: Money }> {
    let query = this.db
      .selectFrom('account_entry')
      .select(sql<bigint>`coalesce(sum(principal_fen), 0)::bigint`.as('principal'))
      .select(sql<bigint>`coalesce(sum(interest_fen), 0)::bigint`.as('interest'))
      .where('person_id', '=', personId);
    if (asOf !== undefined) query = query.where('effective_date', '<=', asOf);
    if (knownAt !== undefined) query = query.where('position', '<=', knownAt);
    const { principal, interest } = await query.executeTakeFirstOrThrow();
    return { principal: Money.fromFen(principal), interest: Money.fromFen(interest) };
  }
}

function chosenLines({ fund, account, from, detail, asOf, knownAt }: LinesChosen) {
  const all = [sql<boolean>`fund = ${fund}`, sql<boolean>`account = ${account}`];
  if (from !== undefined) all.push(sql`effective_date >= ${from}`);
  if (asOf !== undefined) all.push(sql`effective_date <= ${asOf}`);
  if (knownAt !== undefined) all.push(sql`position <= ${knownAt}`);
  if (detail !== undefined) all.push(sql`(detail = ${detail} or starts_with(detail, ${`${detail}.`}))`);
  return sql<boolean>`(${sql.join(all, sql` and `)})`;
}

function trialBalanceRow(sums: TurnoverSums): TrialBalanceRow {
  const account = knownAccount(sums.account);
  const { fund, detail } = sums;
  const sign = account.normalSide === 'debit' ? 1n : -1n;
  return {
    ...{ fund, account, detail },
    opening: Money.fromFen(sign * sums.openingFen),
    debit: Money.fromFen(sums.debitFen),
    credit: Money.fromFen(sums.creditFen),
    closing: closing(sums, account),
  };
}

function closing({ openingFen, debitFen, creditFen }: TurnoverSums, { normalSide }: Account): Money {
  const debitBalance = openingFen + debitFen - creditFen;
  return Money.fromFen(normalSide === 'debit' ? debitBalance : -debitBalance);
}

function positionOf(fund: Fund, sums: readonly TurnoverSums[]): FundPosition {
  const lines = CHART.filter((account) => account.class !== 'memorandum').map((account) => ({
    account,
    balance: Money.sum(sums.filter((each) => each.account === account.code).map((each) => closing(each, account))),
  }));
  const total = (wanted: AccountClass) =>
    Money.sum(lines.filter((line) => line.account.class === wanted).map((line) => line.balance));
  const income = total('income');
  const expenditure = total('expense');
  return {
    fund,
    assets: total('asset'),
    liabilities: total('liability'),
    netAssets: total('net-assets').plus(income).minus(expenditure),
    income,
    expenditure,
    lines: lines.filter((line) => !line.balance.isZero),
  };
}

function knownAccount(code: string): Account {
  const account = accountOf(code);
  if (account !== undefined) return account;
  throw new DomainError(
    'account-unknown',
    `There is no account ${code}.`,
    '财会〔2017〕28号, part 2: the chart of accounts is fixed.',
    'Take the code from the chart of accounts.',
    { account: code },
  );
}

import { businessDate, type BusinessDate, type Fund, Money } from '@provident/kernel';
import type { Kysely } from 'kysely';
import type { BooksDatabase } from '../tables.js';
import { type MonthlyTurnover, monthlyTurnovers, turnovers } from '../turnovers.js';
import { accountOf } from '../chart-of-accounts.js';
import { BALANCE_SHEET } from './balance-sheet.js';
import { drawUp, type DrawnLine } from './drawn-up.js';
import type { Column, Form } from './form.js';
import { INCOME_EXPENDITURE } from './income-expenditure.js';

/** Which statement of a fund: on a day, as known at a log position. */
export interface StatementQuestion {
  readonly fund: Fund;
  readonly asOf: BusinessDate;
  readonly knownAt?: bigint | undefined;
}

export interface FundStatement {
  readonly form: Form;
  readonly fund: Fund;
  readonly columns: readonly Column[];
  readonly lines: readonly DrawnLine[];
}

/** A month of a fund: what came in, what went out, and what it had of its own at the end. */
export interface FundMonth {
  readonly month: string;
  readonly income: Money;
  readonly expenditure: Money;
  readonly balance: Money;
}

/** The statutory statements of a fund (会社保01, 会社保02), and its months side by side. */
export class FundStatements {
  constructor(private readonly db: Kysely<BooksDatabase>) {}

  /** 资产负债表: at the year's beginning, and at the end of the day asked for. */
  async balanceSheet({ fund, asOf, knownAt }: StatementQuestion): Promise<FundStatement> {
    const from = firstOfYear(asOf);
    const sums = await turnovers(this.db, { fund, from, asOf, knownAt });
    const columns: Column[] = [
      { zh: '年初余额', en: 'At the beginning of the year', to: dayBefore(from) },
      { zh: '期末余额', en: 'At the end', to: asOf },
    ];
    const lines = drawUp(BALANCE_SHEET, fund, [
      { at: 'opening', sums },
      { at: 'end', sums },
    ]);
    return { form: BALANCE_SHEET, fund, columns, lines };
  }

  /** 收支表 of a month (the month, the year so far) or of a year (the year, the year before), up to the day asked for. */
  async incomeExpenditure(question: StatementQuestion & { period: 'month' | 'year' }): Promise<FundStatement> {
    const { fund, knownAt } = question;
    const columns = periodColumns(question);
    const drawn = await Promise.all(
      columns.map(async ({ from, to }) => ({
        at: 'end' as const,
        sums: await turnovers(this.db, { fund, from, asOf: to, knownAt }),
      })),
    );
    return { form: INCOME_EXPENDITURE, fund, columns, lines: drawUp(INCOME_EXPENDITURE, fund, drawn) };
  }

  /** The last `count` months up to the day's own, each with its income, expenditure, and net assets at its end. */
  async months({ fund, asOf, knownAt, count }: StatementQuestion & { count: number }): Promise<FundMonth[]> {
    const wanted = monthsUpTo(asOf, count);
    const sums = await monthlyTurnovers(this.db, { fund, asOf, knownAt });
    let balance = Money.zero;
    const found = new Map<string, FundMonth>();
    for (const month of [...new Set<string>([...sums.map((each) => each.month), ...wanted])].sort()) {
      const own = sums.filter((each) => each.month === month);
      const [income, expenditure] = [classSum(own, 'income'), classSum(own, 'expense')];
      balance = balance.plus(income).minus(expenditure).plus(classSum(own, 'net-assets'));
      found.set(month, { month, income, expenditure, balance });
    }
    return wanted.flatMap((month) => found.get(month) ?? []);
  }
}

function classSum(sums: readonly MonthlyTurnover[], wanted: string): Money {
  let fen = 0n;
  for (const { account, fen: debitLessCredit } of sums) {
    const { class: kind, normalSide } = accountOf(account) ?? {};
    if (kind === wanted) fen += normalSide === 'debit' ? debitLessCredit : -debitLessCredit;
  }
  return Money.fromFen(fen);
}

function periodColumns({ asOf, period }: StatementQuestion & { period: 'month' | 'year' }): Column[] {
  const from = firstOfYear(asOf);
  if (period === 'month') {
    return [
      { zh: '本月数', en: 'This month', from: businessDate(`${asOf.slice(0, 7)}-01`), to: asOf },
      { zh: '本年累计数', en: 'This year so far', from, to: asOf },
    ];
  }
  const before = yearBefore(from);
  return [
    { zh: '本年数', en: 'This year', from, to: asOf },
    { zh: '上年数', en: 'Last year', from: businessDate(`${before}-01-01`), to: businessDate(`${before}-12-31`) },
  ];
}

function firstOfYear(day: BusinessDate): BusinessDate {
  return businessDate(`${day.slice(0, 4)}-01-01`);
}

/** The last day of the year before. */
function dayBefore(firstDay: BusinessDate): BusinessDate {
  return businessDate(`${yearBefore(firstDay)}-12-31`);
}

function yearBefore(day: BusinessDate): string {
  return String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
}

function monthsUpTo(day: BusinessDate, count: number): string[] {
  const last = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, at) => {
    const place = last - (count - 1) + at;
    return `${String(Math.floor(place / 12)).padStart(4, '0')}-${String((place % 12) + 1).padStart(2, '0')}`;
  });
}

import { BookQueries, type BooksDatabase, type TrialBalanceRow } from '@provident/books';
import { addDays, type BusinessDate, Money } from '@provident/kernel';
import type { Kysely } from 'kysely';
import { type BookedVoucher, bookedVouchers, type JournalQuestion } from './booked-vouchers.js';

/** The books as one view of the database shows them, however long an export of them takes. */
export interface JournalBooks {
  readonly question: JournalQuestion;
  readonly balances: readonly TrialBalanceRow[];
  /** The last day that any voucher counts for; `undefined` where there is none. */
  readonly lastDay: BusinessDate | undefined;
  vouchers(): AsyncGenerator<BookedVoucher>;
}

export function withJournalBooks<Result>(
  db: Kysely<BooksDatabase>,
  question: JournalQuestion,
  work: (books: JournalBooks) => Promise<Result>,
): Promise<Result> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (view) => {
    const balances = await new BookQueries(view).trialBalance(question);
    return work({
      question,
      balances,
      lastDay: await lastDay(view, question),
      vouchers: () => bookedVouchers(view, question),
    });
  });
}

async function lastDay(view: Kysely<BooksDatabase>, { fund, asOf, knownAt }: JournalQuestion) {
  let days = view.selectFrom('voucher').select(({ fn }) => fn.max('effective_date').as('day'));
  if (fund !== undefined) days = days.where('fund', '=', fund);
  if (asOf !== undefined) days = days.where('effective_date', '<=', asOf);
  if (knownAt !== undefined) days = days.where('position', '<=', knownAt);
  const { day } = await days.executeTakeFirstOrThrow();
  // The greatest of no days is null, whatever the type says.
  return (day as BusinessDate | null) ?? undefined;
}

/** Debit less credit, as journals count: debits are positive. */
export function netDebit({ opening, debit, credit, account }: TrialBalanceRow): Money {
  const before = account.normalSide === 'debit' ? opening : opening.negated();
  return before.plus(debit).minus(credit);
}

export function dayAfter(date: BusinessDate): BusinessDate {
  return addDays(date, 1);
}

/** A text on one line, without the signs that end a description or a tag. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp};,|"\\]+/gu, ' ').trim();
}

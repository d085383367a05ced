import type { AsOf, BooksDatabase } from '@provident/books';
import type { Fund } from '@provident/kernel';
import { type Kysely, type Selectable, sql } from 'kysely';

/** What of the books is exported. */
export interface JournalQuestion extends AsOf {
  readonly fund?: Fund | undefined;
}

export type VoucherRow = Selectable<BooksDatabase['voucher']>;
export type LineRow = Selectable<BooksDatabase['journal_line']>;

/** A voucher with its lines, as it stands in the books. */
export interface BookedVoucher {
  readonly voucher: VoucherRow;
  readonly lines: readonly LineRow[];
}

/** Vouchers read at once: memory does not grow with the books. */
const PAGE = 2_000;

/** Every voucher in the order of the log, with its lines. Run it inside a snapshot: it reads page by page. */
export async function* bookedVouchers(
  db: Kysely<BooksDatabase>,
  question: JournalQuestion,
): AsyncGenerator<BookedVoucher> {
  for (let after = -1n; ; ) {
    const vouchers = await page(db, question, after);
    const [first, last] = [vouchers[0], vouchers.at(-1)];
    if (first === undefined || last === undefined) return;
    const lines = await db
      .selectFrom('journal_line')
      .selectAll()
      .where('position', '>=', first.position)
      .where('position', '<=', last.position)
      .orderBy('position')
      .orderBy('line')
      .execute();
    const byVoucher = Map.groupBy(lines, (line) => line.position);
    for (const voucher of vouchers) yield { voucher, lines: byVoucher.get(voucher.position) ?? [] };
    after = last.position;
  }
}

function page(db: Kysely<BooksDatabase>, { fund, asOf, knownAt }: JournalQuestion, after: bigint) {
  let vouchers = db.selectFrom('voucher').selectAll().where('position', '>', after).orderBy('position').limit(PAGE);
  if (fund !== undefined) vouchers = vouchers.where('fund', '=', fund);
  if (asOf !== undefined) vouchers = vouchers.where(sql<boolean>`effective_date <= ${asOf}`);
  if (knownAt !== undefined) vouchers = vouchers.where('position', '<=', knownAt);
  return vouchers.execute();
}

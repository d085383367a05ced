import { type BusinessDate, type Fund, Money } from '@provident/kernel';
import { type Kysely, sql } from 'kysely';
import type { BooksDatabase } from '../tables.js';
import type { AsOf } from '../turnovers.js';

/** Money that came in and names no known payer. */
export interface OpenReceipt {
  readonly receiptId: string;
  readonly voucher: bigint;
  readonly fund: Fund;
  readonly amount: Money;
  readonly valueDate: BusinessDate;
  readonly bankReference: string;
  readonly payerName: string;
  readonly purpose: string;
}

export interface OpenReceiptList {
  /** The oldest first, at most as many as were asked for. */
  readonly receipts: readonly OpenReceipt[];
  readonly count: bigint;
  readonly total: Money;
}

/** Temporary receipts (暂收款) whose payer nobody has found yet, as of two times. */
export class OpenReceipts {
  constructor(private readonly db: Kysely<BooksDatabase>) {}

  async unidentified(question: AsOf & { limit: number }): Promise<OpenReceiptList> {
    const { asOf, knownAt, limit } = question;
    const counted = sql<boolean>`(${asOf ?? null}::date is null or r.value_date <= ${asOf ?? null}::date)
      and (${knownAt ?? null}::bigint is null or r.position <= ${knownAt ?? null}::bigint)
      and not exists (
        select 1 from receipt_identification i
        where i.receipt_id = r.receipt_id
          and (${asOf ?? null}::date is null or i.effective_date <= ${asOf ?? null}::date)
          and (${knownAt ?? null}::bigint is null or i.position <= ${knownAt ?? null}::bigint))`;
    const open = this.db.selectFrom('unidentified_receipt as r').where(counted);
    const { count, total } = await open
      .select(sql<bigint>`count(*)::bigint`.as('count'))
      .select(sql<bigint>`coalesce(sum(r.amount_fen), 0)::bigint`.as('total'))
      .executeTakeFirstOrThrow();
    const rows = await open.selectAll('r').orderBy('r.value_date').orderBy('r.position').limit(limit).execute();
    return { receipts: rows.map(receiptOf), count, total: Money.fromFen(total) };
  }
}

function receiptOf(row: BooksDatabase['unidentified_receipt']): OpenReceipt {
  return {
    ...{ receiptId: row.receipt_id, voucher: row.position, fund: row.fund as Fund },
    ...{ amount: Money.fromFen(row.amount_fen), valueDate: row.value_date as BusinessDate },
    ...{ bankReference: row.bank_reference, payerName: row.payer_name, purpose: row.purpose },
  };
}

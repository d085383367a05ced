import type { BusinessDate, Fund, Money } from '@provident/kernel';
import type { Column } from '@provident/files/columns';
import type { FileSource } from '@provident/files/file-bytes';
import type { RowCells } from '@provident/files/row-cells';
import { creditCode, name, purpose, reference } from '@provident/files/text-rules';
import { openTyped, type ReadOptions, type TypedFile } from '@provident/files/typed-file';
import { date, positiveAmount } from '@provident/files/value-rules';
import { fund, receiptKind } from '@provident/files/word-rules';
import type { Pays } from './receipt.js';

/** Money that arrived in a fund's income account (收入户), as the bank reports it. */
export interface ReceiptRow {
  readonly line: number;
  readonly bankReference: string;
  readonly valueDate: BusinessDate;
  readonly fund: Fund;
  readonly amount: Money;
  /** '' when the bank names none. */
  readonly payerName: string;
  /** Absent when the payer gave none: the receipt then waits to be identified. */
  readonly creditCode: string | undefined;
  /** '' when there is none. */
  readonly purpose: string;
  /** What the money is for; for contributions (保险费) when absent. */
  readonly pays: Pays | undefined;
}

const RECEIPT_COLUMNS: readonly Column[] = [
  { en: 'bank_reference', zh: '银行流水号', aliases: ['流水号'] },
  { en: 'value_date', zh: '入账日期' },
  { en: 'fund', zh: '险种基金' },
  { en: 'amount', zh: '金额', aliases: ['金额(元)', '金额（元）'] },
  { en: 'payer_name', zh: '付款人', aliases: ['付款人名称'] },
  { en: 'credit_code', zh: '统一社会信用代码' },
  { en: 'purpose', zh: '摘要' },
  { en: 'pays', zh: '款项性质', optional: true },
];

/** Opens a bank's receipts file. A reference that stands in the file twice is a fault of the second row. */
export function openReceiptFile(source: FileSource, options?: ReadOptions): Promise<TypedFile<ReceiptRow>> {
  const startReading = () => {
    const lineOf = new Map<string, number>();
    return (cells: RowCells) => readRow(cells, lineOf);
  };
  return openTyped(source, { columns: RECEIPT_COLUMNS, startReading }, options);
}

function readRow(cells: RowCells, lineOf: Map<string, number>): ReceiptRow | undefined {
  const bankReference = cells.required('bank_reference', reference);
  const valueDate = cells.required('value_date', date);
  const toFund = cells.required('fund', fund);
  const received = cells.required('amount', positiveAmount);
  const payerName = cells.optional('payer_name', name) ?? '';
  const code = cells.optional('credit_code', creditCode);
  const stated = cells.optional('purpose', purpose) ?? '';
  const kind = cells.optional('pays', receiptKind);
  if (bankReference !== undefined) checkOnce(cells, bankReference, lineOf);
  if (bankReference === undefined || valueDate === undefined || toFund === undefined || received === undefined) {
    return undefined;
  }
  return {
    line: cells.line,
    bankReference,
    valueDate,
    fund: toFund,
    amount: received,
    payerName,
    creditCode: code,
    purpose: stated,
    pays: kind === 'late-fee' ? kind : undefined,
  };
}

function checkOnce(cells: RowCells, bankReference: string, lineOf: Map<string, number>): void {
  const earlier = lineOf.get(bankReference);
  if (earlier === undefined) {
    lineOf.set(bankReference, cells.line);
    return;
  }
  const reason = `The reference stands in row ${earlier} already. A receipt is booked once. Ask the bank which row is true.`;
  cells.fault('bank_reference', 'reference-twice', reason);
}

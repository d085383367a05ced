import { accountOf, detailName } from '@provident/books/chart-of-accounts';
import { type SheetColumn, XlsxStream } from '@provident/files/xlsx-stream';
import { FUND_NAMES, type Fund, Money } from '@provident/kernel';
import type { BookedVoucher } from './booked-vouchers.js';
import type { JournalBooks } from './journal-books.js';

const text = (title: string, width: number): SheetColumn => ({ title, width, kind: 'text' });
const amount = (title: string): SheetColumn => ({ title, width: 18, kind: 'amount' });

const ACCOUNT_COLUMNS = [
  ...[text('基金 Fund', 30), text('科目 Account', 10), text('科目名称', 22), text('Name', 32), text('明细 Detail', 40)],
];
const BALANCE_COLUMNS = [
  ...ACCOUNT_COLUMNS,
  amount('借方发生 Debit'),
  amount('贷方发生 Credit'),
  amount('余额 Balance'),
];
const LINE_COLUMNS = [
  ...[text('凭证号 Voucher', 14), text('日期 Date', 12), text('分录 Line', 8), ...ACCOUNT_COLUMNS],
  ...[amount('借方 Debit'), amount('贷方 Credit'), text('事件 Event', 28), text('事件号 Event id', 38)],
  ...[text('流 Stream', 44), text('对象 Party', 38), text('模板 Templates', 14), text('经办 Entered by', 20)],
  ...[text('复核 Reviewed by', 20), text('审批 Approved by', 20), text('记录时间 Recorded at', 26)],
];

/** The books as a workbook: trial balance (科目余额表), and every voucher line with its event (凭证). */
export async function writeXlsxBooks(path: string, books: JournalBooks): Promise<void> {
  const workbook = new XlsxStream(path);
  workbook.startSheet('科目余额表 Trial balance', BALANCE_COLUMNS);
  for (const { fund, account, detail, debit, credit, closing } of books.balances) {
    const amounts = [debit, credit, closing].map((each) => each.toString());
    workbook.addRow([...accountCells(fund, account.code, detail), ...amounts]);
  }
  workbook.startSheet('凭证 Vouchers', LINE_COLUMNS);
  for await (const booked of books.vouchers()) for (const row of lineRows(booked)) workbook.addRow(row);
  await workbook.finish();
}

function lineRows({ voucher, lines }: BookedVoucher): string[][] {
  const behind = [
    ...[voucher.event_type, voucher.event_id, voucher.stream, voucher.party ?? '', voucher.templates],
    ...[voucher.entered_by, voucher.reviewed_by ?? '', voucher.approved_by ?? '', voucher.recorded_at.toISOString()],
  ];
  return lines.map((line) => [
    ...[String(voucher.position), line.effective_date, String(line.line + 1)],
    ...accountCells(line.fund, line.account, line.detail),
    ...[Money.fromFen(line.debit_fen).toString(), Money.fromFen(line.credit_fen).toString(), ...behind],
  ]);
}

function accountCells(fund: string, code: string, detail: string): string[] {
  const account = accountOf(code);
  const name = detailName(detail);
  const words = detail === '' ? '' : `${name.zh} ${name.en}`;
  return [`${FUND_NAMES[fund as Fund].zh} ${fund}`, code, account?.zh ?? '', account?.en ?? '', words];
}

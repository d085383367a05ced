import { Money } from '@provident/kernel';
import type { BookedVoucher, LineRow } from './booked-vouchers.js';
import { hledgerAccount, hledgerType } from './journal-accounts.js';
import { type JournalBooks, netDebit, oneLine } from './journal-books.js';

/**
 * The books as an hledger journal, in pieces of text: accounts with their types, every voucher as a transaction with its
 * event, and at the end the balance of each account as an assertion, which hledger checks when it reads the file.
 */
export async function* hledgerJournal(books: JournalBooks): AsyncGenerator<string> {
  const accounts = books.balances.map((row) => ({ row, place: { ...row, account: row.account.code } }));
  yield 'decimal-mark .\ncommodity 1000.00 CNY\n\n';
  for (const { place } of accounts) {
    const type = hledgerType(place);
    yield `account ${hledgerAccount(place)}${type === '' ? '' : `  ; type:${type}`}\n`;
  }
  for await (const booked of books.vouchers()) yield transaction(booked);
  if (books.lastDay === undefined) return;
  yield `\n${books.lastDay} closing balances as the ledger has them\n`;
  for (const { row, place } of accounts) {
    yield `    ${hledgerAccount(place)}  0 CNY = ${netDebit(row).toString()} CNY\n`;
  }
}

function transaction({ voucher, lines }: BookedVoucher): string {
  const { position, effective_date: day, event_type: type, party } = voucher;
  const tags = {
    ...{ event: voucher.event_id, stream: voucher.stream, templates: voucher.templates, area: voucher.area },
    recorded: voucher.recorded_at.toISOString(),
    ...{ 'entered-by': voucher.entered_by, 'reviewed-by': voucher.reviewed_by, 'approved-by': voucher.approved_by },
  };
  const comment = Object.entries(tags)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}:${oneLine(value ?? '')}`)
    .join(', ');
  const about = party === null ? '' : ` | ${oneLine(party)}`;
  return `\n${day} (${position}) ${type}${about}\n    ; ${comment}\n${lines.map(posting).join('')}`;
}

function posting(line: LineRow): string {
  return `    ${hledgerAccount(line)}  ${Money.fromFen(line.debit_fen - line.credit_fen).toString()} CNY\n`;
}

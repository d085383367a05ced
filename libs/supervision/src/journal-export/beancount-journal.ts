import { type BusinessDate, Money } from '@provident/kernel';
import type { BookedVoucher, LineRow } from './booked-vouchers.js';
import { beancountAccount, hledgerAccount } from './journal-accounts.js';
import { dayAfter, type JournalBooks, netDebit, oneLine } from './journal-books.js';

/** Accounts are opened before any event of the ledger. */
const FIRST_DAY = '1990-01-01';

/**
 * The books as a beancount file, in pieces of text: accounts with their names, every voucher as a transaction with its
 * event, and the balance of each account on the day after the last, which bean-check verifies.
 */
export async function* beancountJournal(books: JournalBooks): AsyncGenerator<string> {
  const accounts = books.balances.map((row) => {
    const place = { ...row, account: row.account.code };
    return { name: beancountAccount(place), label: hledgerAccount(place), net: netDebit(row) };
  });
  yield 'option "operating_currency" "CNY"\n\n';
  for (const { name, label } of accounts) yield `${FIRST_DAY} open ${name} CNY\n  name: "${oneLine(label)}"\n`;
  for await (const booked of books.vouchers()) yield transaction(booked);
  if (books.lastDay === undefined) return;
  yield '\n';
  for (const { name } of accounts) {
    // A balance covers the accounts below as well.
    const within = accounts.filter((each) => each.name === name || each.name.startsWith(`${name}:`));
    const balance = Money.sum(within.map(({ net }) => net)).toString();
    yield `${dayAfter(books.lastDay)} balance ${name}  ${balance} CNY\n`;
  }
}

function transaction({ voucher, lines }: BookedVoucher): string {
  const { effective_date: day, event_type: type, party, position } = voucher;
  const facts = {
    ...{ voucher: String(position), event: voucher.event_id, stream: voucher.stream, templates: voucher.templates },
    ...{ area: voucher.area, recorded: voucher.recorded_at.toISOString(), 'entered-by': voucher.entered_by },
    ...{ 'reviewed-by': voucher.reviewed_by, 'approved-by': voucher.approved_by },
  };
  const metadata = Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `  ${name}: "${oneLine(value ?? '')}"\n`)
    .join('');
  return `\n${day as BusinessDate} * "${oneLine(party ?? '')}" "${type}"\n${metadata}${lines.map(posting).join('')}`;
}

function posting(line: LineRow): string {
  return `  ${beancountAccount(line)}  ${Money.fromFen(line.debit_fen - line.credit_fen).toString()} CNY\n`;
}

import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import { BrokenInvariant, instantText, invariant, Money, type RecordedEvent } from '@provident/kernel';
import type { Projection, Writer } from '@provident/projections';
import { accountOf } from './chart-of-accounts.js';
import { voucherFor } from './posting-rules.js';
import {
  BOOK_VIEWS,
  KNOWN_BLOCK,
  accountBalance,
  accountMovement,
  accountTransfer,
  accountTurnover,
  fundLine,
  fundVoucher,
  pensionMonth,
  receiptIdentification,
  unidentifiedReceipt,
} from './tables.js';
import type { Voucher } from './voucher.js';

type BookedEvent = CollectionEvent | AccountEvent;

/** The books: vouchers and their lines, turnovers, and the personal accounts behind the control account. */
export const booksProjection: Projection = {
  name: 'books',
  version: 2,
  tables: [
    ...[fundVoucher, fundLine, accountTurnover, accountMovement, accountTransfer, accountBalance],
    ...[pensionMonth, unidentifiedReceipt, receiptIdentification],
  ],
  views: BOOK_VIEWS,
  apply(batch, sql) {
    for (const event of batch) {
      const voucher = voucherFor(event);
      if (voucher !== undefined) post(event, voucher, sql);
      compareMonth(event as unknown as BookedEvent, sql);
      mergeAccounts(event, sql);
      keepReceipt(event, sql);
    }
  },
};

/** Writes a voucher and its turnovers. A memorandum voucher is the movement of a personal account. */
function post(event: RecordedEvent, voucher: Voucher, sql: Writer): void {
  const { fund, lines } = voucher;
  const { effectiveDate } = event.metadata;
  const block = event.position / KNOWN_BLOCK;
  for (const { account, detail, side, amount } of lines) {
    const debit = side === 'debit' ? amount.fen : 0n;
    const credit = side === 'credit' ? amount.fen : 0n;
    sql.merge(accountTurnover, [fund, account, detail, effectiveDate, block, debit, credit]);
  }
  if (isMemorandum(voucher)) moveAccount(event, voucher, sql);
  else writeVoucher(event, voucher, sql);
}

function writeVoucher(event: RecordedEvent, voucher: Voucher, sql: Writer): void {
  const { position, recordedAt } = event;
  const { fund, templates, total, lines } = voucher;
  const { effectiveDate, area, actor, reviewer = null, approver = null } = event.metadata;
  // biome-ignore format: one row, in the order of the table's columns
  sql.append(fundVoucher, [
    position, fund, templates.join('+'), total.fen, effectiveDate, instantText(recordedAt),
    event.type, event.id, event.stream, (event.data as { employer?: string }).employer ?? null,
    area, actor, reviewer, approver,
  ]);
  lines.forEach(({ account, detail, side, amount }, place) => {
    const debit = side === 'debit' ? amount.fen : 0n;
    const credit = side === 'credit' ? amount.fen : 0n;
    sql.append(fundLine, [position, place, fund, account, detail, effectiveDate, debit, credit]);
  });
}

function moveAccount(event: RecordedEvent, voucher: Voucher, sql: Writer): void {
  const { position, recordedAt } = event;
  const { person, kind, month, principal, interest } = movementOf(event as unknown as BookedEvent);
  invariant(principal + interest === voucher.total.fen, `${event.type} moves another amount than it books.`);
  const { effectiveDate, area, actor, reviewer = null, approver = null } = event.metadata;
  // biome-ignore format: one row, in the order of the table's columns
  sql.append(accountMovement, [
    position, person, kind, month, effectiveDate, principal, interest,
    instantText(recordedAt), event.id, area, actor, reviewer, approver,
  ]);
  sql.merge(accountBalance, [person, principal, interest, 1]);
}

/** What is in a merged identity's account goes over to the survivor's: two entries by one event, and no voucher. */
function mergeAccounts({ position, metadata, ...event }: RecordedEvent, sql: Writer): void {
  const { type, data } = event as unknown as BookedEvent;
  if (type !== 'AccountMergedFrom') return;
  const [principal, interest] = [Money.of(data.principal).fen, Money.of(data.interest).fen];
  const day = metadata.effectiveDate;
  for (const [person, sign] of [
    [data.merged, -1n],
    [data.personId, 1n],
  ] as const) {
    sql.append(accountTransfer, [position, person, day, sign * principal, sign * interest]);
    sql.merge(accountBalance, [person, sign * principal, sign * interest, 1]);
  }
}

function movementOf({ type, data }: BookedEvent) {
  switch (type) {
    case 'ContributionCredited':
    case 'ContributionCreditReversed': {
      const { personId: person, month } = data;
      const kind = type === 'ContributionCredited' ? 'credit' : 'reversal';
      return { person, kind, month, principal: Money.of(data.accountAmount).fen, interest: 0n };
    }
    case 'AccountInterestPosted': {
      const { personId: person, year } = data;
      return { person, kind: 'interest', month: `${year}-12`, principal: 0n, interest: Money.of(data.interest).fen };
    }
    default:
      throw new BrokenInvariant(`${type} books on personal accounts, but names no movement.`);
  }
}

/** Keeps employees' pension money received beside what was credited or found twice for it, by employer and month. */
function compareMonth({ type, data }: BookedEvent, sql: Writer): void {
  switch (type) {
    case 'ContributionReceived':
    case 'HeldReceiptApplied':
      for (const each of data.allocations) {
        if (!isEmployeePension(each)) continue;
        sql.merge(pensionMonth, [data.employer, each.month, null, Money.of(each.amount).fen, 0, 0]);
      }
      return;
    case 'ContributionMonthSettled':
      sql.merge(pensionMonth, [data.employer, data.month, data.settledOn, 0, 0, 0]);
      return;
    case 'ContributionCredited':
    case 'ContributionCreditReversed': {
      const credited = employeePension(data.lines);
      const reversals = type === 'ContributionCreditReversed' ? 1 : 0;
      sql.merge(pensionMonth, [data.employer, data.month, null, 0, credited, reversals]);
      return;
    }
    case 'CreditConflictFound':
      // It waits for a clerk, by name: nothing of the month is missing.
      sql.merge(pensionMonth, [data.employer, data.month, null, 0, employeePension(data.lines), 0]);
      return;
    case 'CreditConflictSettled':
      // Credited after all, it no longer waits.
      if (data.outcome !== 'replaced') return;
      sql.merge(pensionMonth, [data.employer, data.month, null, 0, -Money.of(data.accountAmount).fen, 0]);
      return;
    default:
      return;
  }
}

function employeePension(lines: readonly { scheme: string; payer: string; amount: string }[]): bigint {
  return Money.sum(lines.filter(isEmployeePension).map(({ amount }) => Money.of(amount))).fen;
}

/** Keeps what the bank told of money whose payer is unknown, until he is found. */
function keepReceipt(event: RecordedEvent, sql: Writer): void {
  const { position, metadata } = event;
  const { type, data } = event as unknown as BookedEvent;
  if (type === 'UnidentifiedReceiptHeld') {
    const { receiptId, fund, amount, valueDate, bankReference, payerName, purpose } = data;
    const row = [position, receiptId, fund, Money.of(amount).fen, valueDate, bankReference, payerName, purpose];
    sql.append(unidentifiedReceipt, row);
  } else if (type === 'ReceiptIdentified') {
    sql.append(receiptIdentification, [position, data.receiptId, metadata.effectiveDate]);
  }
}

function isEmployeePension({ scheme, payer }: { scheme: string; payer: string }): boolean {
  return scheme === 'pension' && payer === 'employee';
}

/** Whether it stands in memorandum accounts; a voucher is wholly on one side of that border. */
function isMemorandum({ lines }: Voucher): boolean {
  const memorandum = lines.filter((line) => accountOf(line.account)?.class === 'memorandum').length;
  invariant(memorandum === 0 || memorandum === lines.length, 'A voucher mixes memorandum and statutory accounts.');
  return memorandum > 0;
}

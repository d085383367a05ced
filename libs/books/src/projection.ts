import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import { Money, type RecordedEvent } from '@provident/kernel';
import type { Cell, Projection, Writer } from '@provident/projections';
import { voucherFor } from './posting-rules.js';
import {
  KNOWN_BLOCK,
  accountBalance,
  accountMovement,
  accountTurnover,
  journalLine,
  pensionMonth,
  voucherTable,
} from './tables.js';
import type { Voucher } from './voucher.js';

/** The books: vouchers and their lines, turnovers, and the personal accounts behind the control account. */
export const booksProjection: Projection = {
  name: 'books',
  version: 1,
  tables: [voucherTable, journalLine, accountTurnover, accountMovement, accountBalance, pensionMonth],
  apply(batch, sql) {
    const fold = new BooksFold();
    for (const event of batch) fold.take(event as RecordedEvent<CollectionEvent | AccountEvent>);
    fold.write(sql);
  },
};

/** One batch, folded in memory: rows to append, and sums per key. */
class BooksFold {
  private readonly vouchers: Cell[][] = [];
  private readonly lines: Cell[][] = [];
  private readonly movements: Cell[][] = [];
  private readonly turnovers = new Map<string, { key: Cell[]; debit: bigint; credit: bigint }>();
  private readonly balances = new Map<string, { principal: bigint; interest: bigint; movements: number }>();
  private readonly months = new Map<string, PensionMonth>();

  take(event: RecordedEvent<CollectionEvent | AccountEvent>): void {
    const voucher = voucherFor(event);
    if (voucher !== undefined) this.post(event, voucher);
    this.takeAccount(event);
    this.takeControl(event as CollectionEvent | AccountEvent);
  }

  write(sql: Writer): void {
    sql.append(voucherTable, this.vouchers);
    sql.append(journalLine, this.lines);
    sql.append(accountMovement, this.movements);
    sql.merge(
      accountTurnover,
      [...this.turnovers.values()].map(({ key, debit, credit }) => [...key, debit, credit]),
    );
    sql.merge(
      accountBalance,
      [...this.balances].map(([person, sum]) => [person, sum.principal, sum.interest, sum.movements]),
    );
    sql.merge(
      pensionMonth,
      [...this.months.values()].map((sum) => [
        ...[sum.employer, sum.month, sum.settledOn],
        ...[sum.received, sum.credited, sum.reversals],
      ]),
    );
  }

  private post(event: RecordedEvent, voucher: Voucher): void {
    const { position, metadata } = event;
    const { fund } = voucher;
    const { effectiveDate, area, actor, reviewer, approver } = metadata;
    // biome-ignore format: one row, in the order of the table's columns
    this.vouchers.push([
      position, fund, voucher.templates.join('+'), voucher.total.fen, effectiveDate, event.recordedAt.toISOString(),
      event.type, event.id, event.stream, partyOf(event.data), area, actor, reviewer ?? null, approver ?? null,
    ]);
    const block = position / KNOWN_BLOCK;
    voucher.lines.forEach(({ account, detail, side, amount }, place) => {
      const debit = side === 'debit' ? amount.fen : 0n;
      const credit = side === 'credit' ? amount.fen : 0n;
      this.lines.push([position, place, fund, account, detail, effectiveDate, debit, credit]);
      const key = `${fund} ${account} ${detail} ${effectiveDate} ${block}`;
      const sum = this.turnovers.get(key);
      if (sum === undefined) {
        this.turnovers.set(key, { key: [fund, account, detail, effectiveDate, block], debit, credit });
      } else {
        sum.debit += debit;
        sum.credit += credit;
      }
    });
  }

  private takeAccount(event: RecordedEvent<CollectionEvent | AccountEvent>): void {
    const { type, data } = event as CollectionEvent | AccountEvent;
    switch (type) {
      case 'ContributionCredited':
        this.move(event, data.personId, 'credit', data.month, Money.of(data.accountAmount), Money.zero);
        return;
      case 'ContributionCreditReversed':
        this.move(event, data.personId, 'reversal', data.month, Money.of(data.accountAmount), Money.zero);
        return;
      case 'AccountInterestPosted':
        this.move(event, data.personId, 'interest', `${data.year}-12`, Money.zero, Money.of(data.interest));
        return;
      default:
        return;
    }
  }

  private move(event: RecordedEvent, person: string, kind: string, month: string, principal: Money, interest: Money) {
    if (principal.isZero && interest.isZero) return;
    const { effectiveDate } = event.metadata;
    this.movements.push([event.position, person, kind, month, effectiveDate, principal.fen, interest.fen]);
    const sum = this.balances.get(person);
    if (sum === undefined) {
      this.balances.set(person, { principal: principal.fen, interest: interest.fen, movements: 1 });
    } else {
      sum.principal += principal.fen;
      sum.interest += interest.fen;
      sum.movements += 1;
    }
  }

  private takeControl({ type, data }: CollectionEvent | AccountEvent): void {
    switch (type) {
      case 'ContributionReceived':
      case 'HeldReceiptApplied':
        for (const each of data.allocations) {
          if (!isEmployeePension(each)) continue;
          this.month(data.employer, each.month).received += Money.of(each.amount).fen;
        }
        return;
      case 'ContributionMonthSettled':
        this.month(data.employer, data.month).settledOn = data.settledOn;
        return;
      case 'ContributionCredited':
      case 'ContributionCreditReversed': {
        const sum = this.month(data.employer, data.month);
        for (const line of data.lines) if (isEmployeePension(line)) sum.credited += Money.of(line.amount).fen;
        if (type === 'ContributionCreditReversed') sum.reversals += 1;
        return;
      }
      default:
        return;
    }
  }

  private month(employer: string, month: string): PensionMonth {
    const key = `${employer} ${month}`;
    let sum = this.months.get(key);
    if (sum === undefined) {
      sum = { employer, month, settledOn: null, received: 0n, credited: 0n, reversals: 0 };
      this.months.set(key, sum);
    }
    return sum;
  }
}

interface PensionMonth {
  readonly employer: string;
  readonly month: string;
  settledOn: string | null;
  received: bigint;
  credited: bigint;
  reversals: number;
}

function isEmployeePension({ scheme, payer }: { scheme: string; payer: string }): boolean {
  return scheme === 'pension' && payer === 'employee';
}

function partyOf(data: { employer?: string; personId?: string }): string | null {
  return data.personId ?? data.employer ?? null;
}

import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import type { EventSource } from '@provident/event-store';
import { type Fund, fundOf, Money, type Month, monthOf, type RecordedEvent } from '@provident/kernel';

/** What one pass over the log finds, counted plainly: no projection has a part in it. */
export class LogFacts {
  readonly faults: string[] = [];
  events = 0;
  /** Declarations and people declared by month. */
  readonly declarations = new Counter();
  readonly headcount = new Counter();
  /** By "month fund", in fen. */
  readonly due = new Sums();
  readonly received = new Sums();
  /** By "employer month fund". */
  readonly dueOf = new Sums();
  /** By "employer fund": money that is the employer's, whether it named itself or was found. */
  readonly paidBy = new Sums();
  /** Bank lines and what was made of them, by receipt id. */
  readonly bankLines = new Counter();
  readonly receipts = new Counter();
  /** By "person month". */
  readonly credits = new Counter();
  readonly reversals = new Counter();
  /** By person. */
  readonly closings = new Counter();

  static async of(log: EventSource): Promise<LogFacts> {
    const facts = new LogFacts();
    const ids = new Set<string>();
    const revisions = new Map<string, bigint>();
    let position = -1n;
    for await (const batch of log.batches({ live: false, maxBatch: 1_000 })) {
      for (const event of batch) {
        if (ids.has(event.id)) facts.faults.push(`event id ${event.id} stands twice in the log`);
        ids.add(event.id);
        if (event.position <= position) facts.faults.push(`position ${event.position} follows ${position}`);
        position = event.position;
        const before = revisions.get(event.stream) ?? -1n;
        if (event.revision !== before + 1n) facts.faults.push(`${event.stream}: ${event.revision} follows ${before}`);
        revisions.set(event.stream, event.revision);
        facts.take(event as unknown as CollectionEvent | AccountEvent, event);
      }
    }
    return facts;
  }

  private take({ type, data }: CollectionEvent | AccountEvent, event: RecordedEvent): void {
    this.events += 1;
    switch (type) {
      case 'ContributionDeclared': {
        const { employer, month, headcount, due } = data;
        this.declarations.add(`${employer} ${month}`);
        this.headcount.add(month, headcount);
        for (const { scheme, amount } of due) {
          this.due.add(`${month} ${fundOf(scheme)}`, amount);
          this.dueOf.add(`${employer} ${month} ${fundOf(scheme)}`, amount);
        }
        return;
      }
      case 'ReceiptMatched':
      case 'UnidentifiedReceiptHeld':
        this.bankLines.add(data.receiptId);
        this.received.add(`${monthOf(data.valueDate)} ${data.fund}`, data.amount);
        if (type === 'ReceiptMatched') this.paidBy.add(`${data.employer} ${data.fund}`, data.amount);
        return;
      case 'ReceiptIdentified':
        this.paidBy.add(`${data.employer} ${data.fund}`, data.amount);
        return;
      case 'ContributionReceived':
      case 'LateFeeReceived':
        this.receipts.add(data.receiptId);
        return;
      case 'HeldReceiptApplied':
      case 'HeldAppliedToLateFees':
        if (data.receiptId !== undefined) this.receipts.add(data.receiptId);
        return;
      case 'ContributionCredited':
        this.credits.add(`${data.personId} ${data.month}`);
        return;
      case 'ContributionCreditReversed':
        this.reversals.add(`${data.personId} ${data.month}`);
        return;
      case 'YearClosed':
        this.closings.add(data.personId);
        return;
      default:
        if (event.metadata.area === '') this.faults.push(`${event.id} has no area`);
    }
  }
}

export class Counter extends Map<string, number> {
  add(key: string, times = 1): void {
    this.set(key, (this.get(key) ?? 0) + times);
  }

  of(key: string): number {
    return this.get(key) ?? 0;
  }
}

export class Sums extends Map<string, Money> {
  add(key: string, amount: string): void {
    this.set(key, this.of(key).plus(Money.of(amount)));
  }

  of(key: string): Money {
    return this.get(key) ?? Money.zero;
  }
}

export const fundKey = (month: Month, fund: Fund): string => `${month} ${fund}`;

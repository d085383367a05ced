import { account } from '@provident/accounts';
import type { AccountEvent } from '@provident/accounts/events';
import { accountOf } from '@provident/books/chart-of-accounts';
import { voucherFor } from '@provident/books/posting-rules';
import type { CollectionEvent } from '@provident/collection/events';
import { dues, heldIn } from '@provident/collection';
import { FUNDS, Money } from '@provident/kernel';
import { heldFaults } from './held-faults.js';
import { Counter, Sums } from './log-facts.js';
import type { MemoryStore } from './memory-store.js';

type MoneyEvent = CollectionEvent | AccountEvent;

/** What a log breaks of what must hold after any commands: balanced books, conserved money, tied personal accounts. */
export function brokenPromises(log: MemoryStore): string[] {
  const events = log.events as unknown as MoneyEvent[];
  return [
    ...[...outOfBalance(log), ...moneyLost(events, log), ...receiptFaults(events), ...lateFeeFaults(events)],
    ...[...heldFaults(events), ...creditFaults(events), ...accountFaults(events, log)],
  ];
}

/** Per fund, from the vouchers: debits = credits, assets = liabilities + net assets, and the memorandum accounts tie. */
function outOfBalance(log: MemoryStore): string[] {
  const faults: string[] = [];
  const balances = new Sums();
  for (const event of log.events) {
    const voucher = voucherFor(event);
    for (const { account: code, side, amount } of voucher?.lines ?? []) {
      const signed = side === 'debit' ? amount : amount.negated();
      const kind = accountOf(code)?.class ?? 'unknown';
      balances.add(`${voucher?.fund ?? ''} ${kind === 'memorandum' ? kind : 'statutory'}`, signed.toString());
      balances.add(`${voucher?.fund ?? ''} ${code}`, signed.toString());
    }
  }
  for (const [key, sum] of balances) {
    const isTotal = key.endsWith(' statutory') || key.endsWith(' memorandum');
    if (isTotal && !sum.isZero) faults.push(`${key}: debits less credits are ${sum.toString()}`);
  }
  for (const fund of FUNDS) {
    if (balances.of(`${fund} 1002`).isNegative) faults.push(`${fund}: deposits below zero`);
    if (balances.of(`${fund} 2001`).isPositive) faults.push(`${fund}: temporary receipts below zero`);
  }
  return faults;
}

/** What the bank brought is what was set against dues or is held; nothing is paid beyond what is due. */
function moneyLost(events: readonly MoneyEvent[], log: MemoryStore): string[] {
  const faults: string[] = [];
  const brought = new Sums();
  const unidentified = new Sums();
  const placed = new Sums();
  const employers = new Set<string>();
  for (const { type, data } of events) {
    switch (type) {
      case 'ReceiptMatched':
        brought.add(data.fund, data.amount);
        break;
      case 'UnidentifiedReceiptHeld':
        brought.add(data.fund, data.amount);
        unidentified.add(data.fund, data.amount);
        break;
      case 'ReceiptIdentified':
        unidentified.add(data.fund, Money.of(data.amount).negated().toString());
        break;
      case 'HeldReceiptRefunded':
        brought.add(data.fund, Money.of(data.amount).negated().toString());
        break;
      case 'DuesAssessed':
        employers.add(data.employer);
        break;
      case 'ContributionReceived':
      case 'HeldReceiptApplied':
      case 'LateFeeReceived':
      case 'HeldAppliedToLateFees':
        employers.add(data.employer);
        for (const { amount } of data.allocations) placed.add(data.fund, amount);
        break;
      default:
    }
  }
  for (const employer of employers) {
    const state = log.stateOf(dues, employer);
    for (const fund of FUNDS) placed.add(fund, heldIn(state, fund).toString());
    for (const { month, lines } of state.open.values()) {
      for (const { scheme, due, paid } of lines) {
        if (paid.greaterThan(due) || paid.isNegative)
          faults.push(`${employer} ${month} ${scheme}: paid ${paid.toString()}`);
      }
    }
  }
  for (const fund of FUNDS) {
    const accounted = placed.of(fund).plus(unidentified.of(fund));
    if (!accounted.equals(brought.of(fund))) {
      faults.push(`${fund}: ${brought.of(fund).toString()} came, ${accounted.toString()} is accounted for`);
    }
  }
  return faults;
}

/** A matched bank line is booked once: as contributions or as late fees, whichever it says. */
function receiptFaults(events: readonly MoneyEvent[]): string[] {
  const booked = new Counter();
  const wanted = new Map<string, 'late-fee' | 'contribution'>();
  const faults: string[] = [];
  for (const { type, data } of events) {
    if (type === 'ReceiptMatched' || type === 'ReceiptIdentified') {
      wanted.set(data.receiptId, data.pays ?? 'contribution');
    }
    const isFee = type === 'LateFeeReceived' || type === 'HeldAppliedToLateFees';
    if (!isFee && type !== 'ContributionReceived' && type !== 'HeldReceiptApplied') continue;
    if (data.receiptId === undefined) continue;
    booked.add(data.receiptId);
    if ((wanted.get(data.receiptId) === 'late-fee') !== isFee) faults.push(`${data.receiptId}: booked as ${type}`);
  }
  for (const receiptId of wanted.keys()) {
    if (booked.of(receiptId) !== 1) faults.push(`${receiptId}: booked ${booked.of(receiptId)} times`);
  }
  return faults;
}

/** A late fee is charged once, on no more than was paid late, and no more is paid on it than was charged. */
function lateFeeFaults(events: readonly MoneyEvent[]): string[] {
  const faults: string[] = [];
  const charges = new Counter();
  const [fees, paid, principals, late] = [new Sums(), new Sums(), new Sums(), new Sums()];
  for (const { type, data } of events) {
    if (type === 'LateFeeCharged') {
      charges.add(data.feeId);
      fees.add(data.feeId, data.fee);
      principals.add(`${data.employer} ${data.month} ${data.scheme}`, data.principal);
    }
    if (type === 'LateFeeReceived' || type === 'HeldAppliedToLateFees') {
      for (const { feeId, amount } of data.allocations) paid.add(feeId, amount);
    }
    if (type === 'ContributionReceived' || type === 'HeldReceiptApplied') {
      for (const { month, scheme, amount, late: isLate } of data.allocations) {
        if (isLate) late.add(`${data.employer} ${month} ${scheme}`, amount);
      }
    }
  }
  for (const [feeId, times] of charges) if (times !== 1) faults.push(`late fee ${feeId}: charged ${times} times`);
  for (const [feeId, sum] of paid) {
    if (sum.greaterThan(fees.of(feeId)))
      faults.push(`late fee ${feeId}: ${sum.toString()} paid on ${fees.of(feeId).toString()}`);
  }
  for (const [key, sum] of principals) {
    if (sum.greaterThan(late.of(key)))
      faults.push(`${key}: late fees on ${sum.toString()}, late ${late.of(key).toString()}`);
  }
  return faults;
}

/** The employees' pension money of every settled month stands on people's records; nobody has a month twice. */
function creditFaults(events: readonly MoneyEvent[]): string[] {
  const faults: string[] = [];
  const money = new Sums();
  const credited = new Sums();
  const times = new Counter();
  const person = survivors(events);
  const settled = new Set<string>();
  for (const { type, data } of events) {
    if (type === 'ContributionReceived' || type === 'HeldReceiptApplied') {
      for (const { month, scheme, payer, amount } of data.allocations) {
        if (scheme === 'pension' && payer === 'employee') money.add(`${data.employer} ${month}`, amount);
      }
    }
    if (type === 'ContributionMonthSettled') settled.add(`${data.employer} ${data.month}`);
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      credited.add(`${data.employer} ${data.month}`, data.accountAmount);
      times.add(`${person(data.personId)} ${data.month}`, type === 'ContributionCredited' ? 1 : -1);
    }
    // What could not be credited waits for a clerk, by name; so does what a merge of identities found twice.
    if (type === 'CreditConflictFound') credited.add(`${data.employer} ${data.month}`, data.accountAmount);
    if (type === 'CreditConflictSettled' && data.outcome === 'replaced') {
      credited.add(`${data.employer} ${data.month}`, Money.of(data.accountAmount).negated().toString());
    }
  }
  for (const key of new Set([...settled, ...credited.keys()])) {
    if (!settled.has(key)) faults.push(`${key}: credited before it was settled`);
    if (!money.of(key).equals(credited.of(key))) {
      faults.push(`${key}: received ${money.of(key).toString()}, credited ${credited.of(key).toString()}`);
    }
  }
  for (const [key, count] of times) if (count !== 0 && count !== 1) faults.push(`${key}: credited ${count} times`);
  return faults;
}

/** As whom a person goes on after all merges: a month of both identities is one month. */
function survivors(events: readonly MoneyEvent[]): (personId: string) => string {
  const merges = new Map(
    events.flatMap(({ type, data }) => (type === 'AccountMergedFrom' ? [[data.merged, data.personId] as const] : [])),
  );
  return function goesOnAs(personId): string {
    const survivor = merges.get(personId);
    return survivor === undefined ? personId : goesOnAs(survivor);
  };
}

/** Each account, as its decider loads it from its last closing, is the plain sum of all its movements. */
function accountFaults(events: readonly MoneyEvent[], log: MemoryStore): string[] {
  const sums = new Sums();
  const handedOver = new Sums();
  for (const { type, data } of events) {
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      sums.add(data.personId, data.accountAmount);
    }
    if (type === 'AccountInterestPosted') sums.add(data.personId, data.interest);
    if (type !== 'AccountMergedFrom') continue;
    for (const { accountAmount } of data.entries) {
      sums.add(data.personId, accountAmount);
      handedOver.add(data.merged, accountAmount);
    }
  }
  return [...sums].flatMap(([personId, sum]) => {
    const { openingBalance, openCredits, mergedInto } = log.stateOf(account, personId);
    const balance = Money.sum([openingBalance, ...openCredits.map((each) => each.accountAmount)]);
    if (mergedInto !== undefined && !handedOver.of(personId).equals(sum)) {
      return [`account ${personId}: ${sum.toString()} in it, ${handedOver.of(personId).toString()} handed over`];
    }
    return balance.equals(sum) ? [] : [`account ${personId}: ${balance.toString()}, its movements ${sum.toString()}`];
  });
}

import { type BusinessDate, type Fund, Money, type RecordedEvent } from '@provident/kernel';
import type { MoneyEvent } from './money-events.js';

/**
 * The books as a child would keep them: one pass over the log per question, no tables, no vouchers. Written apart from the
 * posting rules, to hold them against.
 */
export function naiveBalance(
  log: readonly RecordedEvent[],
  question: { fund: Fund; account: string; asOf?: BusinessDate | undefined; knownAt?: bigint | undefined },
): Money {
  let balance = Money.zero;
  for (const event of log) {
    if (question.knownAt !== undefined && event.position > question.knownAt) continue;
    if (question.asOf !== undefined && event.metadata.effectiveDate > question.asOf) continue;
    balance = balance.plus(moved(event as unknown as MoneyEvent, question.fund, question.account));
  }
  return balance;
}

function moved({ type, data }: MoneyEvent, fund: Fund, account: string): Money {
  const isMemorandum = account === 'B001' || account === 'B002';
  switch (type) {
    case 'ContributionReceived':
      if (data.fund !== fund) return Money.zero;
      if (account === '1002') return Money.of(data.amount);
      if (account === '2001') return Money.of(data.held);
      return account === '4001' ? Money.of(data.amount).minus(Money.of(data.held)) : Money.zero;
    case 'HeldReceiptApplied': {
      if (data.fund !== fund) return Money.zero;
      const sum = Money.sum(data.allocations.map((each) => Money.of(each.amount)));
      if (account === '2001') return sum.negated();
      return account === '4001' ? sum : Money.zero;
    }
    case 'LateFeeReceived':
      if (data.fund !== fund) return Money.zero;
      if (account === '1002') return Money.of(data.amount);
      if (account === '2001') return Money.of(data.held);
      return account === '4501' ? Money.of(data.amount).minus(Money.of(data.held)) : Money.zero;
    case 'HeldAppliedToLateFees': {
      if (data.fund !== fund) return Money.zero;
      const sum = Money.sum(data.allocations.map((each) => Money.of(each.amount)));
      if (account === '2001') return sum.negated();
      return account === '4501' ? sum : Money.zero;
    }
    case 'UnidentifiedReceiptHeld':
      return data.fund === fund && ['1002', '2001'].includes(account) ? Money.of(data.amount) : Money.zero;
    case 'ContributionCredited':
    case 'ContributionCreditReversed':
      return fund === 'employee-pension' && isMemorandum ? Money.of(data.accountAmount) : Money.zero;
    case 'AccountInterestPosted':
      return fund === 'employee-pension' && isMemorandum ? Money.of(data.interest) : Money.zero;
    default:
      return Money.zero;
  }
}

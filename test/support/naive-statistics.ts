import type { AccountEvent } from '@provident/accounts/events';
import type { CollectionEvent } from '@provident/collection/events';
import { type BusinessDate, fold, Money, type Month, type RecordedEvent, type Scheme } from '@provident/kernel';
import { insured } from '@provident/registry';
import type { InsuredEvent } from '@provident/registry/events';
import { Counter } from './log-facts.js';

export interface NaiveFigures {
  readonly participants: number;
  readonly payers: number;
  readonly due: string;
  readonly received: string;
  readonly receivedLate: string;
  readonly arrears: string;
}

/** A month's indicators as a child would count them: one pass over the log per question. `scheme` absent: all schemes. */
export function naiveStatistics(
  log: readonly RecordedEvent[],
  question: { month: Month; asOf: BusinessDate; knownAt: bigint; scheme: Scheme | undefined },
): NaiveFigures {
  const { month, asOf, knownAt } = question;
  const known = log.filter((event) => event.position <= knownAt);
  const counting = known.filter((event) => event.metadata.effectiveDate <= asOf);
  const person = survivors(known);
  const inScheme = (scheme: Scheme): boolean => question.scheme === undefined || question.scheme === scheme;
  const paidTimes = new Counter();
  const arrears = new Map<string, Money>();
  const pastDue = new Set<string>();
  let due = Money.zero;
  let received = Money.zero;
  let receivedLate = Money.zero;
  const owe = (key: string, amount: Money): void => {
    arrears.set(key, (arrears.get(key) ?? Money.zero).plus(amount));
  };
  for (const { type, data } of counting as unknown as (CollectionEvent | AccountEvent)[]) {
    if (type === 'DuesAssessed') {
      for (const line of data.due.filter((each) => inScheme(each.scheme))) {
        const key = `${data.employer} ${data.month}`;
        if (data.month === month) due = due.plus(Money.of(line.amount));
        if (data.month <= month) owe(key, Money.of(line.amount));
        if (data.dueDate < asOf) pastDue.add(key);
      }
    }
    if (type === 'ContributionReceived' || type === 'HeldReceiptApplied') {
      for (const line of data.allocations.filter((each) => inScheme(each.scheme))) {
        const amount = Money.of(line.amount);
        if (line.month === month) received = received.plus(amount);
        if (line.month === month && line.late) receivedLate = receivedLate.plus(amount);
        if (line.month <= month) owe(`${data.employer} ${line.month}`, amount.negated());
      }
    }
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      if (data.month !== month) continue;
      const sign = type === 'ContributionCredited' ? 1 : -1;
      for (const scheme of new Set(data.lines.map((each) => each.scheme))) {
        if (inScheme(scheme)) paidTimes.add(`${scheme} ${person(data.personId)}`, sign);
      }
    }
  }
  const paying = new Set([...paidTimes].filter(([, times]) => times > 0).map(([key]) => key.split(' ')[1]));
  const owed = Money.sum([...arrears].filter(([key]) => pastDue.has(key)).map(([, amount]) => amount));
  return {
    participants: participants(known, month, inScheme),
    payers: paying.size,
    ...{ due: due.toString(), received: received.toString() },
    ...{ receivedLate: receivedLate.toString(), arrears: owed.toString() },
  };
}

/** People whose stream, folded by the register's own decider, has them enrolled in the month. */
function participants(known: readonly RecordedEvent[], month: Month, inScheme: (scheme: Scheme) => boolean): number {
  const streams = Map.groupBy(
    known.filter((event) => event.stream.startsWith('insured-')),
    (event) => event.stream,
  );
  const takesPart = (events: readonly RecordedEvent[]): boolean =>
    fold(insured, events as unknown as InsuredEvent[]).enrolments.some(
      ({ schemes, from, lastMonth }) =>
        schemes.some(inScheme) && from <= month && (lastMonth === undefined || lastMonth >= month),
    );
  const person = survivors(known);
  const standing = [...streams].filter(([stream]) => stream === `insured-${person(stream.slice('insured-'.length))}`);
  return standing.filter(([, events]) => takesPart(events)).length;
}

/** As whom a person goes on, as far as it is known. */
function survivors(known: readonly RecordedEvent[]): (personId: string) => string {
  const merges = new Map<string, string>();
  for (const { type, data } of known as unknown as InsuredEvent[]) {
    if (type === 'IdentityAbsorbed') merges.set(data.merged, data.personId);
  }
  return function goesOnAs(personId): string {
    const survivor = merges.get(personId);
    return survivor === undefined ? personId : goesOnAs(survivor);
  };
}

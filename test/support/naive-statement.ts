import type { AccountEvent } from '@provident/accounts/events';
import { Money, type RecordedEvent, yearOf } from '@provident/kernel';

/** A person's year as a child would add it up, from the events that count. */
export function naiveStatement(counting: readonly RecordedEvent[], personId: string, year: number) {
  const own = counting.filter((event) => event.stream === `account-${personId}`) as RecordedEvent<AccountEvent>[];
  const reversed = new Set<string>();
  const months: { creditId: string; eventId: string }[] = [];
  const corrections: string[] = [];
  let opening = Money.zero;
  let credited = Money.zero;
  let interest = Money.zero;
  for (const event of own) {
    const { type, data } = event as unknown as AccountEvent;
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      const amount = Money.of(data.accountAmount);
      if (yearOf(data.creditedOn) < year) opening = opening.plus(amount);
      if (yearOf(data.creditedOn) === year) credited = credited.plus(amount);
      if (type === 'ContributionCreditReversed') reversed.add(data.reverses);
      if (yearOf(data.month) !== year) continue;
      if (type === 'ContributionCredited') months.push({ creditId: data.creditId, eventId: event.id });
      else corrections.push(event.id);
    }
    if (type === 'AccountInterestPosted') {
      if (data.year < year) opening = opening.plus(Money.of(data.interest));
      if (data.year === year) interest = Money.of(data.interest);
    }
  }
  return {
    months: months
      .filter(({ creditId }) => !reversed.has(creditId))
      .map(({ eventId }) => eventId)
      .sort(),
    corrections: corrections.sort(),
    ...{ opening: opening.toString(), credited: credited.toString() },
    closing: Money.sum([opening, credited, interest]).toString(),
  };
}

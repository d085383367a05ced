import type { AccountEvent } from '@provident/accounts/events';
import { Money, type RecordedEvent, yearOf } from '@provident/kernel';

type Known = AccountEvent & { readonly id: string };

/** A person's year as a child would add it up, from the events that count. */
export function naiveStatement(counting: readonly RecordedEvent[], personId: string, year: number) {
  const own = accountOf(counting, personId);
  const record = [...own, ...mergedInto(counting, own)];
  const reversed = new Set(
    record.flatMap(({ type, data }) => (type === 'ContributionCreditReversed' ? data.reverses : [])),
  );
  const credits = record.flatMap((event) => (event.type === 'ContributionCredited' ? event : []));
  const standing = credits.filter(({ data }) => yearOf(data.month) === year && !reversed.has(data.creditId));
  const corrections = record.filter(
    ({ type, data }) => type === 'ContributionCreditReversed' && yearOf(data.month) === year,
  );
  return {
    months: standing.map(({ id }) => id).sort(),
    corrections: corrections.map(({ id }) => id).sort(),
    ...naiveAccount(own, year),
  };
}

function accountOf(counting: readonly RecordedEvent[], personId: string): Known[] {
  return counting.filter((event) => event.stream === `account-${personId}`) as unknown as Known[];
}

/** The events of all accounts that came into this one. */
function mergedInto(counting: readonly RecordedEvent[], own: readonly Known[]): Known[] {
  return own.flatMap(({ type, data }) => {
    if (type !== 'AccountMergedFrom') return [];
    const theirs = accountOf(counting, data.merged);
    return [...theirs, ...mergedInto(counting, theirs)];
  });
}

function naiveAccount(own: readonly Known[], year: number) {
  let opening = Money.zero;
  let credited = Money.zero;
  let interest = Money.zero;
  const move = (amount: string, counts: number) => {
    if (counts < year) opening = opening.plus(Money.of(amount));
    if (counts === year) credited = credited.plus(Money.of(amount));
  };
  for (const { type, data } of own) {
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      move(data.accountAmount, yearOf(data.creditedOn));
    }
    if (type === 'AccountMergedFrom') {
      for (const { accountAmount, creditedOn } of data.entries) move(accountAmount, yearOf(creditedOn));
    }
    if (type === 'AccountInterestPosted') {
      if (data.year < year) opening = opening.plus(Money.of(data.interest));
      if (data.year === year) interest = Money.of(data.interest);
    }
  }
  const closed = Math.max(0, ...own.map(({ type, data }) => (type === 'YearClosed' ? data.year : 0)));
  if (own.some(({ type }) => type === 'AccountMergedInto') && year > closed) {
    // All that no closing has closed goes over, in the year in which it counts: what opened the first open year, too.
    opening = closed > 0 && year === closed + 1 ? opening : Money.zero;
    credited = opening.negated();
  }
  return {
    ...{ opening: opening.toString(), credited: credited.toString() },
    closing: Money.sum([opening, credited, interest]).toString(),
  };
}

import type { Month } from '@provident/kernel';
import { LATE, OVER, SHORT, UNIDENTIFIED } from './receipts.js';
import type { Sample } from './sample.js';
import { MONTHS, type StaffLine } from './staff-year.js';
import type { Highlight } from './story.js';

/** What is worth looking at in the sample, told from the sample itself. */
export function tellHighlights(sample: Sample): Highlight[] {
  return [...moneyHighlights(sample), ...peopleHighlights(sample)];
}

function moneyHighlights(sample: Sample): Highlight[] {
  const code = (index: number) => sample.employers[index]?.creditCode ?? '';
  return [
    {
      what: 'late-payment',
      text: 'Pays nothing in March and April; both months arrive in May, March two months late.',
      employer: code(LATE.employerIndex),
      month: LATE.months[0] as Month,
    },
    {
      what: 'short-payment',
      text: `The medical fund gets too little for April; the rest arrives on ${SHORT.madeGoodOn}.`,
      employer: code(SHORT.employerIndex),
      month: SHORT.month as Month,
      amount: SHORT.missing,
    },
    {
      what: 'over-payment',
      text: 'Pays the pension fund too much for June, and so much less for July.',
      employer: code(OVER.employerIndex),
      month: OVER.month as Month,
      amount: OVER.excess,
    },
    {
      what: 'unidentified-receipt',
      text: 'A private person pays the unemployment contribution of August without naming the employer; identified in September.',
      employer: code(UNIDENTIFIED.employerIndex),
      month: UNIDENTIFIED.month as Month,
      amount:
        sample
          .dues(UNIDENTIFIED.month as Month, UNIDENTIFIED.employerIndex)
          .get(UNIDENTIFIED.fund)
          ?.toString() ?? '',
    },
  ];
}

function peopleHighlights(sample: Sample): Highlight[] {
  const { floor, ceiling } = sample.terms(MONTHS[0] as Month, 1).bounds;
  const { wrongCredit } = sample.staff;
  const of = (what: Highlight['what'], text: string, found: Found | undefined): Highlight[] => {
    if (found === undefined) throw new Error(`The sample has no ${what}.`);
    const { employer, month, line } = found;
    const { citizenNumber } = line.person;
    return [
      { what, text, employer, month, person: citizenNumber, ...(line.wage ? { amount: line.wage.toString() } : {}) },
    ];
  };
  const all = Array.from(everyLine(sample));
  const leavers = new Map(all.filter(({ line }) => line.change === 'leave').map((each) => [each.line.person, each]));
  const joins = all.filter(({ line }) => line.change === 'join');
  const isMover = (each: Found) => (leavers.get(each.line.person)?.employer ?? each.employer) !== each.employer;
  const credited = joins.find(({ line, month }) => line.person === wrongCredit.former && month === wrongCredit.month);
  return [
    ...of(
      'wrong-credit',
      'Credited although the month belongs to a new colleague of the same name; corrected in July.',
      credited,
    ),
    ...of(
      'below-floor',
      'A wage that the floor lifts.',
      all.find(({ line }) => line.wage?.lessThan(floor)),
    ),
    ...of(
      'above-ceiling',
      'A wage that the ceiling cuts.',
      all.find(({ line }) => line.wage?.greaterThan(ceiling)),
    ),
    ...of(
      'joiner',
      'Joins in this month.',
      joins.find((each) => !isMover(each)),
    ),
    ...of(
      'leaver',
      'Reported as a leaver in this month; the last month was the one before.',
      leavers.values().next().value,
    ),
    ...of('mover', 'Left one employer of the sample and joins this one.', joins.find(isMover)),
  ];
}

interface Found {
  readonly employer: string;
  readonly month: Month;
  readonly line: StaffLine;
}

function* everyLine({ employers, staff }: Sample): Iterable<Found> {
  for (const [month, byEmployer] of staff.months) {
    for (const [index, lines] of byEmployer.entries()) {
      for (const line of lines) yield { employer: employers[index]?.creditCode ?? '', month, line };
    }
  }
}

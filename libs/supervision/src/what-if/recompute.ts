import type { DeclarationEvent, PayrollLine } from '@provident/collection/events';
import { Money, type ParameterReference, type Payer, type Scheme } from '@provident/kernel';
import { accountShare, contributionDue, type ContributionTerms, takesPartIn } from '@provident/policy';
import type { Static } from '@sinclair/typebox';

export type DeclaredPerson = Static<typeof PayrollLine>;
export type Declared = Extract<DeclarationEvent, { type: 'ContributionDeclared' }>['data'];

/** One contribution line of a person's month as it was, and as it would have been. */
export interface LineEffect {
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly before: Money;
  readonly after: Money;
}

/** A person's month as it was declared, and as it would have been under other terms. */
export interface MonthEffect {
  readonly personId: string;
  readonly wage: Money;
  readonly baseBefore: Money;
  readonly baseAfter: Money;
  readonly lines: readonly LineEffect[];
  /** What goes to the pension personal account. */
  readonly accountBefore: Money;
  readonly accountAfter: Money;
}

/**
 * Pure: a person's month by the terms that would have counted, with the same formulas as when it was declared. A scheme that
 * a person paid nothing for was not taken part in, unless its declared rates were all zero.
 */
export function recompute(person: DeclaredPerson, { rates }: Declared, terms: ContributionTerms): MonthEffect {
  const wage = Money.of(person.wage);
  const due = contributionDue(terms, wage);
  const before = rates.map(({ scheme, payer }, place) => ({
    scheme,
    payer,
    amount: Money.of(person.amounts[place] ?? '0.00'),
  }));
  const schemes = schemesOf(before, rates);
  const after = terms.lines.map(({ scheme, payer }, place) => ({
    ...{ scheme, payer },
    amount: takesPartIn(schemes, scheme) ? (due.amounts[place] ?? Money.zero) : Money.zero,
  }));
  return {
    ...{ personId: person.personId, wage, baseBefore: Money.of(person.base), baseAfter: due.base },
    lines: paired(before, after),
    ...{ accountBefore: accountShare(before), accountAfter: accountShare(after) },
  };
}

interface Part {
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly amount: Money;
}

function schemesOf(before: readonly Part[], rates: Declared['rates']): Scheme[] {
  const paid = before.filter(({ amount }) => !amount.isZero).map(({ scheme }) => scheme);
  const free = rates
    .map(({ scheme }) => scheme)
    .filter((scheme) => rates.every((each) => each.scheme !== scheme || isZero(each.rate)));
  return [...new Set([...paid, ...free])];
}

function isZero(rate: string): boolean {
  return /^0(\.0*)?$/.test(rate);
}

/** Lines of both sides beside each other; one that only one side has is zero on the other. */
function paired(before: readonly Part[], after: readonly Part[]): LineEffect[] {
  const find = (parts: readonly Part[], { scheme, payer }: Part) =>
    parts.find((each) => each.scheme === scheme && each.payer === payer)?.amount ?? Money.zero;
  const onlyAfter = after.filter(
    (part) => !before.some((each) => each.scheme === part.scheme && each.payer === part.payer),
  );
  return [...before, ...onlyAfter].map((part) => ({
    ...{ scheme: part.scheme, payer: part.payer, before: find(before, part), after: find(after, part) },
  }));
}

/** Parameters of the terms that are not those of the declaration: what the difference is due to. */
export function changedParameters({ parameters }: Declared, terms: ContributionTerms): ParameterReference[] {
  const was = new Map(parameters.map((each) => [each.id, each]));
  return terms.parameters.filter(({ id, value, legalBasis }) => {
    const before = was.get(id);
    return before === undefined || before.value !== value || before.legalBasis !== legalBasis;
  });
}

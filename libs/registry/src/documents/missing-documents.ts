import { addMonths, DomainError, type Month, monthsBetween } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { DocumentsState } from './documents.js';
import type { DocumentKind } from './events.js';

export interface MonthGap {
  readonly month: Month;
  readonly missing: readonly DocumentKind[];
}

/** The months of a range, ends included, that lack what their checklist asks for. Throws `range-invalid`. */
export function missingDocuments(state: DocumentsState, from: Month, to: Month): readonly MonthGap[] {
  if (to < from || monthsBetween(from, to) >= LIMITS.documentMonths) {
    throw new DomainError(
      'range-invalid',
      `From ${from} to ${to} is no range that is looked over.`,
      `A range has at least a month and at most ${LIMITS.documentMonths}.`,
      'Give a shorter range, its first month first.',
    );
  }
  const held = new Set(state.documents.map(({ month, kind }) => `${month ?? ''} ${kind}`));
  const gaps: MonthGap[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const kinds = state.checklists.findLast((each) => each.from <= month)?.kinds ?? [];
    const missing = kinds.filter((kind) => !held.has(`${month} ${kind}`));
    if (missing.length > 0) gaps.push({ month, missing });
  }
  return gaps;
}

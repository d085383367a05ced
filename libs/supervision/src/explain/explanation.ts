/** A name in both languages. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}

export interface Fact extends Named {
  readonly value: string;
}

/** The rule by which a figure came about, and where it comes from. */
export interface ExplanationRule {
  readonly text: string;
  /** Document, number and article. */
  readonly basis?: string;
  /** How sure the basis is. */
  readonly confidence?: string;
}

export type ExplanationKind =
  | 'balance'
  | 'postings'
  | 'voucher'
  | 'event'
  | 'parameter'
  | 'statement'
  | 'indicator'
  | 'facts';

/** A figure named by its address, without what it rests on. */
export interface ExplanationHead {
  /** Stable: the same address names the same figure at any time, and can be explained further. */
  readonly address: string;
  readonly kind: ExplanationKind;
  readonly title: Named;
  /** The figure, in yuan, persons, a fraction, or a text. Absent where there is none, as for an event. */
  readonly value?: { readonly text: string; readonly unit: 'yuan' | 'persons' | 'fraction' | 'text' };
  readonly facts: readonly Fact[];
  readonly rule?: ExplanationRule;
}

/** A figure with a page of what it rests on, each of which can be explained in turn: down to events and articles. */
export interface Explanation extends ExplanationHead {
  readonly children: readonly ExplanationHead[];
  /** How many there are altogether. */
  readonly total: number;
  /** Ask for what comes after this; absent at the end. */
  readonly next?: string;
}

/** A page of children: the first ones, or those behind the `next` of an earlier answer. */
export interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

export function fact(zh: string, en: string, value: string | null | undefined): Fact[] {
  return value === null || value === undefined ? [] : [{ zh, en, value }];
}

/** A list that is short enough to be at hand, as a page of it. Continues by number. */
export function pageOf(
  all: readonly ExplanationHead[],
  { limit, after }: Page,
): Omit<Explanation, keyof ExplanationHead> {
  const from = after === undefined ? 0 : Number(after);
  const children = all.slice(from, from + limit);
  const end = from + children.length;
  return { children, total: all.length, ...(end < all.length ? { next: String(end) } : {}) };
}

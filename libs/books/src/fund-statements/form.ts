import type { BusinessDate, Fund } from '@provident/kernel';
import type { AccountCode } from '../chart-of-accounts.js';

/*
 * What a statutory statement is made of, as data: 财会〔2017〕28号, part 4 (forms) and part 5 (how each line is drawn up).
 */

/** An account, or the part of it under details that begin with `detail`. */
export interface Share {
  readonly account: AccountCode;
  readonly detail?: string;
}

/**
 * How a line is drawn up. `balance`: what the accounts have at the end of a day, those of `less` taken off. `flow`: what
 * passed through one account in a period: its net turnover, or that of its own side alone. `sum`: other lines together.
 */
export type Figure =
  | { readonly kind: 'balance'; readonly of: readonly Share[]; readonly less?: readonly Share[] }
  | { readonly kind: 'flow'; readonly of: Share; readonly measure: 'net' | 'own side' }
  | { readonly kind: 'sum'; readonly of: readonly string[]; readonly less?: readonly string[] };

export interface FormLine {
  /** Unique within its form. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** 0 a total, 1 a line, 2 a part of the line above (其中), which no total counts. */
  readonly level: 0 | 1 | 2;
  readonly figure: Figure;
}

export interface Form {
  /** Number of the form, 会社保01. */
  readonly number: string;
  readonly zh: string;
  readonly en: string;
  readonly lines: (fund: Fund) => readonly FormLine[];
}

/** A column of figures: what stood at the end of a day, or what passed from one day to another. */
export interface Column {
  readonly zh: string;
  readonly en: string;
  readonly from?: BusinessDate;
  readonly to: BusinessDate;
}

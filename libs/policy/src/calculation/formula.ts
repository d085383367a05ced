import type { Money } from '@provident/kernel';
import type { Static, TSchema } from '@sinclair/typebox';
import type { Bilingual, Note } from './explanation.js';
import type { Law } from './law.js';

/** What a formula may give as a figure; amounts become texts with two decimals. */
export type Figure = Money | string | number | boolean | readonly Figure[] | { readonly [name: string]: Figure };
export type Figures = Readonly<Record<string, Figure | undefined>>;

/** One statutory formula: names, inputs and refusals of the case format, and the rule itself. */
export interface Formula<Schema extends TSchema = TSchema, Result extends Figures = Figures> {
  readonly name: string;
  readonly title: Bilingual;
  /** Document and article. */
  readonly law: string;
  readonly inputs: Schema;
  /** Codes with which the law itself gives no result. */
  readonly refusals: readonly string[];
  /** Inputs that a parameter can supply when the calculation names an area and a day: input -> parameter. */
  readonly supplied: Readonly<Record<string, string>>;
  /** Inputs that need not be supplied because another one was given: input -> the inputs that replace it. */
  readonly replacedBy: Readonly<Record<string, readonly string[]>>;
  readonly compute: (inputs: Static<Schema>, law: Law, note: Note) => Result;
}

type Optional = 'refusals' | 'supplied' | 'replacedBy';

export function defineFormula<Schema extends TSchema, Result extends Figures>(
  formula: Omit<Formula<Schema, Result>, Optional> & Partial<Pick<Formula<Schema, Result>, Optional>>,
): Formula<Schema, Result> {
  return { refusals: [], supplied: {}, replacedBy: {}, ...formula };
}

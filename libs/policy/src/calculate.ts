import { businessDate, DomainError, Money } from '@provident/kernel';
import type { TSchema } from '@sinclair/typebox';
import { loadPolicy } from './book/load-policy.js';
import type { PolicyBook } from './book/policy-book.js';
import type { ParameterReference } from './book/policy-value.js';
import { textOf } from './book/read-value.js';
import { checkInputs } from './calculation/check-inputs.js';
import { type Bilingual, type Explanation, type Step, step } from './calculation/explanation.js';
import type { Figure, Formula } from './calculation/formula.js';
import { Law } from './calculation/law.js';
import { requestSchema } from './calculation/request-schema.js';
import { FORMULAS } from './formulas.js';

/** A formula as a caller sees it: names, law, the JSON Schema of its inputs. */
export interface FormulaDescription {
  readonly name: string;
  readonly title: Bilingual;
  readonly law: string;
  readonly inputs: TSchema;
  /** Schema of a request: the inputs with area, day and what-if beside them. */
  readonly request: TSchema;
  readonly refusals: readonly string[];
  /** Inputs that may be left out when area and day are named: input -> parameter. */
  readonly supplied: Readonly<Record<string, string>>;
}

export interface CalculationOptions {
  /** The shipped policy unless another book is given; given as a function, it is opened only when a parameter is used. */
  readonly policy?: PolicyBook | (() => PolicyBook) | undefined;
  /** Division code of the area whose parameters count; the nation without it. */
  readonly area?: string | undefined;
  /** The day whose law counts; without it the newest values do, and no input is supplied from parameters. */
  readonly on?: string | undefined;
  readonly knownAt?: string | undefined;
}

export type JsonFigure = string | number | boolean | readonly JsonFigure[] | { readonly [name: string]: JsonFigure };

export interface Calculation {
  readonly formula: string;
  /** The inputs as calculated, with those that parameters supplied. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Amounts as texts with two decimals. */
  readonly result: Readonly<Record<string, JsonFigure>>;
  /** Made when asked for, so that a calculation without it costs nothing. */
  readonly explanation: () => Explanation;
}

const byName: ReadonlyMap<string, Formula> = new Map(FORMULAS.map((formula) => [formula.name, formula]));

export function listFormulas(): readonly FormulaDescription[] {
  return FORMULAS.map(describe);
}

/** Throws `formula-unknown`. */
export function describeFormula(name: string): FormulaDescription {
  return describe(formulaNamed(name));
}

function describe(formula: Formula): FormulaDescription {
  const { name, title, law, inputs, refusals, supplied } = formula;
  return { name, title, law, inputs, request: requestSchema(formula), refusals, supplied };
}

function formulaNamed(name: string): Formula {
  const formula = byName.get(name);
  if (formula === undefined) throw formulaUnknown(name);
  return formula;
}

/**
 * Calculates one formula. Throws `formula-unknown`, an `InputError` for inputs it cannot take, and a `DomainError` with
 * the formula's own refusal code where the law gives no result.
 */
export function calculate(name: string, inputs: unknown, options: CalculationOptions = {}): Calculation {
  const formula = formulaNamed(name);
  const { policy = loadPolicy, area, on, knownAt } = options;
  const day = on === undefined ? undefined : businessDate(on);
  const known = knownAt === undefined ? undefined : businessDate(knownAt);
  const law = new Law(typeof policy === 'function' ? policy : () => policy, area, day, known);
  const notes: (() => Step)[] = [];
  const complete = area !== undefined && on !== undefined ? withSupplied(formula, inputs, law, notes) : inputs;
  checkInputs(formula.inputs, complete);
  const figures = formula.compute(complete, law, (make) => notes.push(make));
  const result: Record<string, JsonFigure> = {};
  for (const [figure, value] of Object.entries(figures)) {
    if (value !== undefined) result[figure] = toJson(figure, value);
  }
  return {
    formula: name,
    inputs: complete as Record<string, unknown>,
    result,
    explanation: () => ({ formula: name, title: formula.title, law: formula.law, steps: notes.map((make) => make()) }),
  };
}

/** Adds the inputs that were left out and that a parameter of the area and day supplies. */
function withSupplied(formula: Formula, inputs: unknown, law: Law, notes: (() => Step)[]): unknown {
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) return inputs;
  const complete: Record<string, unknown> = { ...inputs };
  for (const [input, id] of Object.entries(formula.supplied)) {
    const replaced = formula.replacedBy[input]?.some((other) => other in complete) ?? false;
    if (input in complete || replaced) continue;
    const value = law.take(id);
    complete[input] = wholeNumber(formula, input) ? Number(textOf(value)) : textOf(value);
    const text = textOf(value);
    notes.push(() => step(input, { en: `${input} from the parameters`, zh: `${input} 取自参数` }, '', text, value));
  }
  return complete;
}

function wholeNumber(formula: Formula, input: string): boolean {
  const { properties = {} } = formula.inputs as { properties?: Record<string, { type?: string }> };
  return properties[input]?.type === 'integer';
}

/** Amounts become texts. A negative amount is no answer to any statutory formula. */
function toJson(path: string, figure: Figure): JsonFigure {
  if (figure instanceof Money) {
    if (figure.isNegative) throw negativeAmount(path, figure);
    return figure.toString();
  }
  if (Array.isArray(figure)) return figure.map((each: Figure, index) => toJson(`${path}[${index}]`, each));
  if (typeof figure !== 'object') return figure;
  return Object.fromEntries(Object.entries(figure).map(([name, each]) => [name, toJson(`${path}.${name}`, each)]));
}

function negativeAmount(path: string, value: Money): DomainError {
  return new DomainError(
    'result-negative',
    `${path} would be ${value.toString()}.`,
    'No statutory formula gives a negative amount.',
    'Check the inputs: rates above 1, relief above the rate, or debits above the balance.',
    { path, value: value.toString() },
  );
}

function formulaUnknown(name: string): DomainError {
  const close = FORMULAS.map((formula) => formula.name).filter((other) => other.includes(name) || name.includes(other));
  return new DomainError(
    'formula-unknown',
    `There is no formula "${name}".`,
    `Formulas are ${[...byName.keys()].join(', ')}.`,
    close.length === 0 ? 'Choose one of them.' : `Perhaps ${close.join(' or ')}.`,
    { formula: name },
  );
}

/** Every parameter that a calculation used, for the figures that carry references. */
export function parametersOf(explanation: Explanation): readonly ParameterReference[] {
  const seen = new Map<string, ParameterReference>();
  for (const { parameters } of explanation.steps) {
    for (const parameter of parameters) seen.set(`${parameter.id}@${parameter.area}@${parameter.from}`, parameter);
  }
  return [...seen.values()];
}

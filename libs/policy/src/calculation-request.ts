import { businessDate, DomainError } from '@provident/kernel';
import type { ParameterReference } from '@provident/kernel';
import { loadPolicy } from './book/load-policy.js';
import type { OverlayValue, PolicyBook } from './book/policy-book.js';
import { calculate, type Calculation, type JsonFigure, parametersOf } from './calculate.js';
import { checkInputs } from './calculation/check-inputs.js';
import { type Explanation, explanationText, type Language } from './calculation/explanation.js';
import { inputError } from './calculation/input-error.js';
import { type Surroundings, Surroundings as SurroundingsSchema } from './calculation/request-schema.js';

/** How a calculation is to be explained: as text in a language, or as its steps. */
export type Explain = Language | 'true';

/** What every edge answers: HTTP, command line and library alike. */
export interface CalculationAnswer {
  readonly formula: string;
  /** The inputs as calculated, with those that parameters supplied. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, JsonFigure>>;
  /** Every parameter that the result rests on. */
  readonly parameters: readonly ParameterReference[];
  readonly explanation?: Explanation;
  /** The explanation as text. */
  readonly text?: string;
}

/**
 * Calculates a request as it came in: the formula's inputs, with `area`, `on`, `knownAt` and `overlay` beside them in the
 * same object. The overlay is a what-if: it lies over the policy in force for this calculation and touches nothing.
 */
export function calculateRequest(
  name: string,
  request: unknown,
  inForce: () => PolicyBook = loadPolicy,
  explain?: Explain,
): CalculationAnswer {
  const { inputs, surroundings } = divide(request);
  const { overlay, ...options } = surroundings;
  const policy = overlay === undefined ? inForce : whatIf(inForce, overlay);
  return answerOf(calculate(name, inputs, { policy, ...options }), explain);
}

/** The area whose parameters a request asks for, if it is well formed. */
export function areaOf(request: unknown): string | undefined {
  return divide(request).surroundings.area;
}

function answerOf({ formula, inputs, result, explanation }: Calculation, explain?: Explain): CalculationAnswer {
  const explained = explanation();
  return {
    formula,
    inputs,
    result,
    parameters: parametersOf(explained),
    ...(explain === undefined ? {} : { explanation: explained }),
    ...(explain === undefined || explain === 'true' ? {} : { text: explanationText(explained, explain) }),
  };
}

function divide(request: unknown): { inputs: unknown; surroundings: Surroundings } {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    return { inputs: request, surroundings: {} };
  }
  const isSurrounding = ([name]: [string, unknown]): boolean => name in SurroundingsSchema.properties;
  const entries = Object.entries(request);
  const surroundings: unknown = Object.fromEntries(entries.filter(isSurrounding));
  checkInputs(SurroundingsSchema, surroundings);
  const { overlay = [], on, knownAt } = surroundings as Surroundings;
  const dates = { on, knownAt };
  for (const [path, day] of Object.entries(dates)) checkDay(path, day);
  for (const [at, { from, to, known }] of overlay.entries()) {
    for (const [path, day] of Object.entries({ from, to, known })) checkDay(`overlay[${at}].${path}`, day);
  }
  return {
    inputs: Object.fromEntries(entries.filter((entry) => !isSurrounding(entry))),
    surroundings: surroundings as Surroundings,
  };
}

function checkDay(path: string, day: string | undefined): void {
  try {
    if (day !== undefined) businessDate(day);
  } catch {
    throw inputError(path, `${String(day)} is no day of the calendar from 1900 to 2199`, '"2026-07-31"');
  }
}

/** Tells where in the overlay a value is that the book does not take. */
function whatIf(inForce: () => PolicyBook, overlay: NonNullable<Surroundings['overlay']>): PolicyBook {
  let book = inForce();
  for (const [at, { to, known, ...proposed }] of overlay.entries()) {
    const value: OverlayValue = {
      basis: { document: 'What-if 假设测算' },
      source: 'what-if',
      confidence: 'not-rechecked',
      ...proposed,
      ...(to === undefined ? {} : { to }),
      ...(known === undefined ? {} : { known }),
    };
    try {
      book = book.withOverlay([value]);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw inputError(`overlay[${at}]`, `${error.message} ${error.rule}`, '"unemployment.employer"');
    }
  }
  return book;
}

import { DomainError } from '@provident/kernel';
import { type CalculationOptions, calculate, type JsonFigure } from '../calculate.js';
import { Fraction } from '../calculation/fraction.js';

/** One difference between a worked case and the calculation. */
export interface CaseFailure {
  /** Place of the case in its file, from 1. */
  readonly place: number;
  readonly id: string;
  readonly formula: string;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

type Difference = Omit<CaseFailure, 'place'>;

export interface CaseRun {
  readonly passed: number;
  readonly failed: number;
  /** One entry for each differing field; a case may have several. */
  readonly failures: readonly CaseFailure[];
}

interface Case {
  readonly id: string;
  readonly formula: string;
  readonly inputs: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly expectFailure?: boolean;
}

/**
 * Runs a case file (the format of data/cases/cases.schema.json). Every listed field must agree, amounts and decimals by
 * value; a case that must be refused passes with the refusal's code. Throws `case-file-invalid` for a text that is no
 * case file at all.
 */
export function runCases(text: string, options: CalculationOptions = {}): CaseRun {
  const failures: CaseFailure[] = [];
  const seen = new Set<string>();
  let failed = 0;
  const cases = readCases(text);
  for (const [index, each] of cases.entries()) {
    const wrong = isCase(each)
      ? [...repeated(each, seen), ...differences(each, options)]
      : [failure(`#${index + 1}`, '', 'case', 'id, formula, inputs, expected', JSON.stringify(each))];
    if (wrong.length > 0) failed += 1;
    failures.push(...wrong.map((difference) => ({ place: index + 1, ...difference })));
  }
  return { passed: cases.length - failed, failed, failures };
}

function readCases(text: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw caseFileInvalid(error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(content)) throw caseFileInvalid('it is not an array');
  return content;
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false;
  const { id, formula, inputs, expected } = value as Record<string, unknown>;
  const isObject = (each: unknown) => typeof each === 'object' && each !== null;
  return typeof id === 'string' && typeof formula === 'string' && isObject(inputs) && isObject(expected);
}

function repeated({ id, formula }: Case, seen: Set<string>): readonly Difference[] {
  if (!seen.has(id)) {
    seen.add(id);
    return [];
  }
  return [failure(id, formula, 'id', 'unique', 'repeated in this file')];
}

function differences({ id, formula, inputs, expected, expectFailure }: Case, options: CalculationOptions) {
  let result: Readonly<Record<string, JsonFigure>>;
  try {
    ({ result } = calculate(formula, inputs, options));
  } catch (error) {
    // A fault of the program fails its case and lets the others run.
    if (!(error instanceof DomainError)) return [failure(id, formula, 'fault', 'a result', String(error))];
    if (expectFailure === true && expected['refusal'] === error.code) return [];
    const [field, wanted] = expectFailure === true ? ['refusal', show(expected['refusal'])] : ['result', 'a result'];
    return [failure(id, formula, field, wanted, `${error.code}: ${error.message}`)];
  }
  if (expectFailure === true) {
    return [failure(id, formula, 'refusal', show(expected['refusal']), show(result))];
  }
  return Object.entries(expected)
    .filter(([field, wanted]) => !sameValue(wanted, result[field]))
    .map(([field, wanted]) => failure(id, formula, field, show(wanted), show(result[field])));
}

/** Equal by value: "0.50" is "0.5"; lists and objects field by field, where only the expected fields count. */
export function sameValue(expected: unknown, got: unknown): boolean {
  if (typeof expected === 'string' && typeof got === 'string') {
    if (expected === got) return true;
    const number = /^-?\d{1,60}(\.\d{1,60})?$/;
    return number.test(expected) && number.test(got) && Fraction.of(expected).compare(Fraction.of(got)) === 0;
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(got) && expected.length === got.length && expected.every((each, at) => sameValue(each, got[at]))
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    return (
      typeof got === 'object' &&
      got !== null &&
      Object.entries(expected).every(([name, each]) => sameValue(each, (got as Record<string, unknown>)[name]))
    );
  }
  return expected === got;
}

function failure(id: string, formula: string, field: string, expected: string, got: string): Difference {
  return { id, formula, field, expected, got };
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}

function caseFileInvalid(why: string): DomainError {
  return new DomainError(
    'case-file-invalid',
    `The text is not a case file: ${why}.`,
    'A case file is a JSON array of cases (libs/policy/data/cases/cases.schema.json).',
    'Write [{ "id": "x1", "formula": "late-fee", "title": …, "inputs": {…}, "expected": {…}, … }].',
  );
}

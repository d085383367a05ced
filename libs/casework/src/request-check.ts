import { CreditCodeField, creditCodeFault, DateField, isBusinessDate } from '@provident/kernel';
import { InputError, type InputProblem } from '@provident/policy';
import type { TSchema } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { LIMITS } from './limits.js';
import type { Procedure } from './procedure.js';

export type Request = Readonly<Record<string, unknown>>;

const compiled = new Map<Procedure, TypeCheck<TSchema>>();
/** Faults told at once: enough to mend a request in one go. */
const MOST_PROBLEMS = 20;

/** Checks what a case asks for against its procedure. Throws `InputError`, naming every field that is wrong. */
export function checkRequest(procedure: Procedure, request: unknown): asserts request is Request {
  const problems = [...problemsOf(procedure, request)].slice(0, MOST_PROBLEMS);
  const [first, ...others] = problems;
  if (first !== undefined) throw new InputError([first, ...others]);
}

function* problemsOf(procedure: Procedure, request: unknown): Generator<InputProblem> {
  let check = compiled.get(procedure);
  if (check === undefined) {
    check = TypeCompiler.Compile<TSchema>(procedure.request);
    compiled.set(procedure, check);
  }
  let isWellFormed = true;
  for (const { path, message, schema } of check.Errors(request)) {
    isWellFormed = false;
    yield problem(`request${path.replaceAll('/', '.')}`, message, exampleOf(schema));
  }
  if (!isWellFormed) return;
  if (JSON.stringify(request).length > LIMITS.requestCharacters) {
    yield problem('request', `must have at most ${LIMITS.requestCharacters} characters as JSON`, 'a shorter reason');
  }
  yield* meaningless(procedure, request as Request);
}

/** Fields of the right form that name nothing: 31 February, a credit code with a wrong check character. */
function* meaningless({ request: { properties } }: Procedure, request: Request): Generator<InputProblem> {
  for (const [field, { pattern, description }] of Object.entries(properties)) {
    const value = request[field];
    if (typeof value !== 'string') continue;
    if (pattern === DateField.pattern && !isBusinessDate(value)) {
      yield problem(`request.${field}`, 'must be a date that exists', '2026-07-31');
    }
    if (description === CreditCodeField.description && creditCodeFault(value) !== undefined) {
      yield problem(`request.${field}`, 'must have a right check character (GB 32100)', '91350100M000100Y43');
    }
  }
}

function problem(path: string, rule: string, example: string): InputProblem {
  return { path, rule, example };
}

function exampleOf({ pattern, type, description }: TSchema): string {
  if (typeof pattern === 'string') return `a text like ${pattern}`;
  if (typeof description === 'string') return description;
  return typeof type === 'string' ? `a value of type ${type}` : 'a value that the procedure takes';
}

import { DomainError } from '@provident/kernel';

/** One thing that is wrong with the inputs of a calculation. */
export interface InputProblem {
  /** Where, such as `lines[0].rate`; empty for the inputs as a whole. */
  readonly path: string;
  readonly rule: string;
  /** A good value in its place. */
  readonly example: string;
}

/** Inputs that a formula cannot take. Not a refusal of the law: the code is always `input-invalid`. */
export class InputError extends DomainError {
  constructor(readonly problems: readonly [InputProblem, ...InputProblem[]]) {
    const [{ path, rule, example }] = problems;
    super(
      'input-invalid',
      problems.map((problem) => `${problem.path === '' ? 'inputs' : problem.path}: ${problem.rule}`).join('; '),
      rule,
      `Write it like ${example}.`,
      { path, rule, example },
    );
  }
}

export function inputError(path: string, rule: string, example: string): InputError {
  return new InputError([{ path, rule, example }]);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../book/load-policy.js';

interface Case {
  readonly formula: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expectFailure?: boolean;
}

let examples: ReadonlyMap<string, Case['inputs']> | undefined;

/** Inputs of a formula that give a result: those of its first worked case. */
export function exampleRequest(formula: string): Readonly<Record<string, unknown>> {
  examples ??= readExamples();
  return examples.get(formula) ?? {};
}

function readExamples(): ReadonlyMap<string, Case['inputs']> {
  const cases = JSON.parse(readFileSync(join(dataFolder(), 'cases', 'cases.json'), 'utf8')) as Case[];
  const good = cases.filter(({ expectFailure }) => expectFailure !== true);
  // Later entries of a Map win; the first case is the plainest.
  return new Map(good.toReversed().map(({ formula, inputs }) => [formula, inputs]));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '@provident/kernel';
import { parse } from 'yaml';
import { PolicyBook } from './policy-book.js';
import type { PolicyValue } from './policy-value.js';
import { type DataProblem, readParameters } from './read-parameters.js';

const NOT_PARAMETERS = new Set(['sources.yaml']);
let shipped: PolicyBook | undefined;

/** The shipped parameters, read and checked once per process. Throws `policy-data-invalid` naming files and lines. */
export function loadPolicy(): PolicyBook {
  shipped ??= readPolicy(join(dataFolder(), 'cn'));
  return shipped;
}

/** Reads a folder of parameter files. Throws `policy-data-invalid` with every problem, one per line. */
export function readPolicy(folder: string): PolicyBook {
  const sources = new Set(Object.keys(parse(readFileSync(join(folder, 'sources.yaml'), 'utf8')) as object));
  const values: PolicyValue[] = [];
  const problems: DataProblem[] = [];
  const definedIn = new Map<string, string>();
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.endsWith('.yaml') || NOT_PARAMETERS.has(file)) continue;
    const read = readParameters(file, readFileSync(join(folder, file), 'utf8'), sources);
    problems.push(...read.problems);
    values.push(...read.values);
    for (const id of new Set(read.values.map((value) => value.definition.id))) {
      const other = definedIn.get(id);
      if (other !== undefined) problems.push({ file, line: 1, problem: `${id} is already defined in ${other}` });
      definedIn.set(id, file);
    }
  }
  if (problems.length === 0) return PolicyBook.of(values);
  throw new DomainError(
    'policy-data-invalid',
    problems.map(({ file, line, problem }) => `${file}:${line}: ${problem}`).join('\n'),
    'Parameter files must be complete, ordered and free of overlaps and unexplained gaps.',
    'Correct the lines named.',
  );
}

/** `libs/policy/data` of the repository, found from wherever the compiled code lies. */
export function dataFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'provident'
    ) {
      return join(folder, 'libs', 'policy', 'data');
    }
    if (dirname(folder) === folder) throw new Error(`No repository named provident above ${__dirname}`);
  }
}

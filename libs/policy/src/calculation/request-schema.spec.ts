import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { dataFolder, loadPolicy } from '../book/load-policy.js';
import type { OverlayValue } from '../book/policy-book.js';
import { describeFormula, listFormulas } from '../calculate.js';
import { calculateRequest } from '../calculation-request.js';
import { InputError } from './input-error.js';
import { Surroundings } from './request-schema.js';

interface Case {
  readonly formula: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
const cases = JSON.parse(readFileSync(join(dataFolder(), 'cases', 'cases.json'), 'utf8')) as Case[];
const ajv = new Ajv2020({ strict: false, discriminator: true });

/** A book in which every parameter that supplies an input has a value. */
const AREA = '990000';
const EXAMPLES: Record<string, string> = { choice: 'fen-half-up', months: '2', ratio: '0.5', 'rate-per-day': '0.5' };
const book = loadPolicy().withOverlay(
  listFormulas().flatMap(({ supplied }) =>
    Object.values(supplied).map((parameter): OverlayValue => {
      const { unit } = loadPolicy().definition(parameter);
      const value = EXAMPLES[unit] ?? '5000.00';
      const source = { basis: { document: 'test' }, source: 'test', confidence: 'derived' as const };
      return { parameter, area: AREA, from: '1950-01-01', value, ...source };
    }),
  ),
);

/** Every way of leaving out some of the fields, up to eight of them. */
function shortened(inputs: Case['inputs']): Record<string, unknown>[] {
  const fields = Object.entries(inputs).slice(0, 8);
  return Array.from({ length: 2 ** fields.length }, (_, chosen) =>
    Object.fromEntries(fields.filter((__, at) => ((chosen >> at) & 1) === 1)),
  );
}

function isTaken(formula: string, request: object): boolean {
  try {
    calculateRequest(formula, request, () => book);
  } catch (error) {
    if (error instanceof InputError) return false;
  }
  return true;
}

describe('the published schema of a request', () => {
  it.each(listFormulas().map(({ name }) => name))(
    'takes of %s what the calculation takes, and nothing else',
    (name) => {
      const accepts = ajv.compile(describeFormula(name).request);
      const differing: unknown[] = [];
      for (const { inputs } of cases.filter(({ formula }) => formula === name)) {
        for (const fewer of shortened(inputs)) {
          for (const request of [fewer, { ...fewer, area: AREA, on: '2026-01-05' }, { ...fewer, stray: '1' }]) {
            if (accepts(request) !== isTaken(name, request)) differing.push(request);
          }
        }
      }
      expect(differing.slice(0, 3)).toEqual([]);
    },
  );

  it('keeps its own names apart from those of the inputs', () => {
    const names = Object.keys(Surroundings.properties);
    const inputs = cases.flatMap((each) => Object.keys(each.inputs));
    expect(names.filter((name) => inputs.includes(name))).toEqual([]);
  });
});

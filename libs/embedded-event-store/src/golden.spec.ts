import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GOLDEN = 59;

test('every golden behaviour of the protocol is named by a test', () => {
  const named = new Set<number>();
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.spec.ts'))) {
    const text = readFileSync(join(__dirname, file), 'utf8');
    for (const [, numbers = ''] of text.matchAll(/(?:test|describe|\))\(\s*['"`](\d+(?:, \d+)*): /g)) {
      for (const number of numbers.split(', ')) named.add(Number(number));
    }
  }
  const missing = Array.from({ length: GOLDEN }, (_, index) => index + 1).filter((number) => !named.has(number));
  expect(missing).toEqual([]);
});

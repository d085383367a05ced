import { readFileSync } from 'node:fs';

/** Public keys as they are given on the command line: each the key itself, or a file with keys, one a line. */
export function keysFrom(given: readonly string[]): string[] {
  return given.flatMap((each) => (each.includes('+') ? [each] : readFileSync(each, 'utf8').trim().split(/\s+/)));
}

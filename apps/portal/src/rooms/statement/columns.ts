import { PAYERS, SCHEMES } from '@provident/kernel/schemes';
import type { PaidLine, Statement } from './use-record.js';

/** One scheme and payer. */
export interface SchemePayer {
  readonly name: string;
  readonly scheme: PaidLine['scheme'];
  readonly payer: PaidLine['payer'];
}

/** Those that occur in the year, in the fixed order of the schemes. */
export function columnsOf({ months, corrections }: Statement): readonly SchemePayer[] {
  const lines = [...months, ...corrections].flatMap((each) => each.lines);
  return SCHEMES.flatMap((scheme) => PAYERS.map((payer) => ({ name: `${scheme}.${payer}`, scheme, payer }))).filter(
    (column) => lineOf(lines, column) !== undefined,
  );
}

export function lineOf(lines: readonly PaidLine[], { scheme, payer }: SchemePayer): string | undefined {
  return lines.find((line) => line.scheme === scheme && line.payer === payer)?.amount;
}

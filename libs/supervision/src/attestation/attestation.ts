import { hash } from 'node:crypto';
import { type BusinessDate, canonicalJson } from '@provident/kernel';
import type { SchemaDigest } from '@provident/projections';
import type { ControlFinding } from '../control/control-check.js';

/** What a check gave on the day; `failure` where it could not run. */
export interface CheckOutcome {
  readonly name: string;
  readonly findings: readonly ControlFinding[];
  readonly failure?: string;
}

export interface Attestation {
  readonly origin: string;
  readonly day: BusinessDate;
  readonly checkpoint: { readonly size: number; readonly root: string };
  readonly tables: SchemaDigest;
  readonly checks: readonly CheckOutcome[];
}

/**
 * The text of a daily attestation, one fact a line, to be signed as a note: of which log and day, under which checkpoint, the
 * digest of every table with the log position that it belongs to, and what every check found. A check that could not run says
 * so. Findings are told by their number and a hash over them; what they are stands in the alerts.
 */
export function attestationText({ origin, day, checkpoint, tables, checks }: Attestation): string {
  const lines = [
    `${origin} attestation`,
    `day ${day}`,
    `checkpoint ${checkpoint.size} ${checkpoint.root}`,
    `tables at ${tables.position} of ${tables.events} events`,
    ...tables.tables.map(({ table, rows, sha256 }) => `table ${table} ${rows} ${sha256}`),
    ...checks.map(checkLine),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function checkLine({ name, findings, failure }: CheckOutcome): string {
  if (failure !== undefined) return `check ${name} did not run`;
  return `check ${name} ${findings.length} ${hash('sha256', canonicalJson(findings), 'hex')}`;
}

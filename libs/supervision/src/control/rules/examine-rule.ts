import { sql } from 'kysely';
import type { SupervisionDatabase } from '../../database.js';
import { LIMITS } from '../../limits.js';
import type { ControlFinding } from '../control-check.js';
import { RULE_STATEMENTS, type Scope } from './rule-statements.js';
import type { Rule } from './rule.js';

/** What became of one rule in one run. */
export type RuleOutcome =
  /** No part of the ledger writes the events that the rule looks at. */
  | { readonly kind: 'nothing-to-look-at'; readonly missing: readonly string[] }
  /** `upTo` is where the next run goes on: the end of what was looked at, or the last finding that was taken. */
  | { readonly kind: 'examined'; readonly findings: readonly ControlFinding[]; readonly upTo: bigint };

/** Examines a part of the log by one rule. */
export async function examineRule(db: SupervisionDatabase, rule: Rule, scope: Scope): Promise<RuleOutcome> {
  const statement = RULE_STATEMENTS[rule.id];
  if (statement === undefined) return { kind: 'nothing-to-look-at', missing: rule.looksAt };
  const { rows } = await sql<{ subject: string; message: string; position: bigint }>`
    select subject, message, position from (${statement(rule, scope)}) as found
    order by position, subject
    limit ${LIMITS.findings}`.execute(db);
  const findings = rows.map(({ subject, message, position }) => ({ subject, message, position: position.toString() }));
  const last = rows.length < LIMITS.findings ? undefined : rows.at(-1)?.position;
  // Findings at one position may be cut in two: the run that goes on takes that position again.
  return { kind: 'examined', findings, upTo: last === undefined ? scope.upTo : last - 1n };
}

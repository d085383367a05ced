import { sql } from 'kysely';
import type { SupervisionDatabase } from '../../database.js';
import { LIMITS } from '../../limits.js';
import type { ControlCheck } from '../control-check.js';
import { INVARIANTS, type Invariant } from './invariants.js';

/** The invariants as checks over a read side. */
export function invariantChecks(db: SupervisionDatabase): readonly ControlCheck[] {
  return INVARIANTS.map((invariant) => checkOf(invariant, db));
}

function checkOf({ name, rule, offenders }: Invariant, db: SupervisionDatabase): ControlCheck {
  return {
    name,
    rule,
    async run() {
      const { rows } = await sql<{ subject: string; message: string; position: bigint | null }>`
        select subject, message, position from (${offenders}) as offenders
        order by position nulls first, subject
        limit ${LIMITS.findings}`.execute(db);
      return rows.map(({ subject, message, position }) => ({
        ...{ subject, message },
        ...(position === null ? {} : { position: position.toString() }),
      }));
    },
  };
}

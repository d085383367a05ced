import { Inject, Injectable } from '@nestjs/common';
import type { BusinessDate } from '@provident/kernel';
import { READ_QUERIES } from '@provident/projections';
import { type Kysely, sql } from 'kysely';
import { LIMITS } from '../../limits.js';
import type { AlertDatabase } from './projection.js';

export interface AlertRow {
  readonly alertId: string;
  readonly check: string;
  readonly severity: string;
  readonly subject: string;
  readonly message: string;
  readonly position: string | null;
  readonly rule: string;
  readonly basis: string | null;
  readonly owner: string;
  readonly state: string;
  readonly raisedOn: BusinessDate;
  readonly changedOn: BusinessDate;
  readonly remark: string | null;
  readonly resolution: string | null;
  readonly reopened: number;
}

export const ALERT_STATES = ['open', 'raised', 'acknowledged', 'resolved', 'all'] as const;
export type AlertStateAsked = (typeof ALERT_STATES)[number];

export interface AlertQuestion {
  /** `open` are those raised or acknowledged. */
  readonly state: AlertStateAsked;
  readonly check?: string | undefined;
  readonly owner?: string | undefined;
}

/** The alerts of continuous control. */
@Injectable()
export class AlertQueries {
  constructor(@Inject(READ_QUERIES) private readonly db: Kysely<AlertDatabase>) {}

  /** Errors first, then warnings and notices; the oldest first. At most `LIMITS.alerts`. */
  async alerts({ state, check, owner }: AlertQuestion): Promise<AlertRow[]> {
    const conditions = [sql`true`];
    if (state === 'open') conditions.push(sql`state <> 'resolved'`);
    else if (state !== 'all') conditions.push(sql`state = ${state}`);
    if (check !== undefined) conditions.push(sql`check_name = ${check}`);
    if (owner !== undefined) conditions.push(sql`owner = ${owner}`);
    const { rows } = await sql<AlertRow>`
      select alert_id as "alertId", check_name as "check", severity, subject, message, position::text as position, rule,
             basis, owner, state, raised_on as "raisedOn", changed_on as "changedOn", remark, resolution,
             reopened::integer as reopened
      from supervision_alert
      where ${sql.join(conditions, sql` and `)}
      order by array_position(array['error', 'warning', 'notice'], severity), raised_on, alert_id
      limit ${LIMITS.alerts}`.execute(this.db);
    return rows;
  }
}

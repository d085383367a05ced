import type { RecordedEvent } from '@provident/kernel';
import type { Cell, Projection, RowOf, TableDefinition } from '@provident/projections';
import type { AlertEvent } from './events.js';

/** Every alert as it stands. */
const alertTable = {
  name: 'supervision_alert',
  kind: 'merge',
  columns: {
    alert_id: { type: 'uuid' },
    check_name: { type: 'text', nullable: true, merge: 'latest' },
    severity: { type: 'text', nullable: true, merge: 'latest' },
    subject: { type: 'text', nullable: true, merge: 'latest' },
    message: { type: 'text', nullable: true, merge: 'latest' },
    position: { type: 'bigint', nullable: true, merge: 'latest' },
    rule: { type: 'text', nullable: true, merge: 'latest' },
    basis: { type: 'text', nullable: true, merge: 'latest' },
    owner: { type: 'text', nullable: true, merge: 'latest' },
    /** raised, acknowledged or resolved. */
    state: { type: 'text', nullable: true, merge: 'latest' },
    raised_on: { type: 'date', nullable: true, merge: 'latest' },
    changed_on: { type: 'date', nullable: true, merge: 'latest' },
    remark: { type: 'text', nullable: true, merge: 'latest' },
    resolution: { type: 'text', nullable: true, merge: 'latest' },
    /** How often it was found after it had been resolved. */
    reopened: { type: 'bigint', merge: 'add' },
  },
  key: ['alert_id'],
} as const satisfies TableDefinition;

type Row = { readonly [Name in keyof typeof alertTable.columns]?: Cell };

export interface AlertDatabase {
  readonly supervision_alert: RowOf<typeof alertTable>;
}

export const alertProjection: Projection = {
  name: 'supervision-alerts',
  version: 1,
  tables: [alertTable],
  apply(batch, sql) {
    for (const event of batch) {
      const row = rowOf(event);
      if (row === undefined) continue;
      const names = Object.keys(alertTable.columns) as (keyof typeof alertTable.columns)[];
      sql.merge(
        alertTable,
        names.map((name) => row[name] ?? (name === 'reopened' ? 0 : null)),
      );
    }
  },
};

/** What an event says of its alert; what it leaves out stays as it was. */
function rowOf(event: RecordedEvent): Row | undefined {
  const { type, data } = event as unknown as AlertEvent;
  switch (type) {
    case 'SupervisionAlertRaised':
      return {
        ...{ alert_id: data.alertId, check_name: data.check, severity: data.severity, subject: data.subject },
        ...{ message: data.message, position: data.position === undefined ? null : BigInt(data.position) },
        ...{ rule: data.rule, basis: data.basis ?? null, owner: data.owner, state: 'raised' },
        ...{ raised_on: data.foundOn, changed_on: data.foundOn },
      };
    case 'SupervisionAlertReopened':
      return {
        ...{ alert_id: data.alertId, message: data.message, owner: data.owner, state: 'raised' },
        ...{ position: data.position === undefined ? null : BigInt(data.position) },
        ...{ changed_on: data.foundOn, reopened: 1 },
      };
    case 'SupervisionAlertAcknowledged':
      return {
        ...{ alert_id: data.alertId, owner: data.owner, state: 'acknowledged' },
        ...{ changed_on: data.acknowledgedOn, remark: data.remark ?? null },
      };
    case 'SupervisionAlertResolved':
      return {
        ...{ alert_id: data.alertId, state: 'resolved' },
        ...{ changed_on: data.resolvedOn, resolution: data.resolution },
      };
    default:
      return undefined;
  }
}

import { instantText } from '@provident/kernel';
import type { Projection } from './projection.js';
import type { RowOf, TableDefinition } from './table.js';

/**
 * Every event of the log by one row: where it stands, what it is, when it counts and when it became known, and who entered,
 * reviewed and approved it. Its content stays in the log. By this table an event is found by its id, a time becomes a log
 * position, and the log is examined as a whole.
 */
export const eventIndexTable = {
  name: 'event_index',
  kind: 'append',
  columns: {
    position: { type: 'bigint' },
    event_id: { type: 'uuid' },
    stream: { type: 'text' },
    revision: { type: 'bigint' },
    type: { type: 'text' },
    effective_date: { type: 'date' },
    recorded_at: { type: 'timestamptz' },
    area: { type: 'text' },
    actor: { type: 'text' },
    reviewer: { type: 'text', nullable: true },
    approver: { type: 'text', nullable: true },
  },
  key: ['position'],
  indexes: [
    { name: 'event_index_by_id', columns: ['event_id'] },
    { name: 'event_index_by_time', columns: ['recorded_at', 'position'] },
  ],
} as const satisfies TableDefinition;

export interface EventIndexDatabase {
  readonly event_index: RowOf<typeof eventIndexTable>;
}

export const eventIndexProjection: Projection = {
  name: 'event-index',
  version: 1,
  tables: [eventIndexTable],
  apply(batch, sql) {
    for (const { position, id, stream, revision, type, recordedAt, metadata } of batch) {
      const { effectiveDate, area, actor, reviewer = null, approver = null } = metadata;
      // biome-ignore format: one row, in the order of the table's columns
      sql.append(eventIndexTable, [
        position, id, stream, revision, type, effectiveDate, instantText(recordedAt), area, actor, reviewer, approver,
      ]);
    }
  },
};

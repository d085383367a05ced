import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LiveComparison } from './compare-live.js';
import type { WatchedReplay } from './replay-desk.js';

class ColumnDifferenceAnswer {
  @ApiProperty()
  column: string;
  @ApiProperty({ type: String, nullable: true, description: 'in production' })
  live: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'as computed from the log' })
  replayed: string | null;
}

class RowDifferenceAnswer {
  @ApiProperty({
    enum: ['missing', 'unexpected', 'different'],
    description: 'production lacks the row, has one too many, or has it otherwise',
  })
  kind: 'missing' | 'unexpected' | 'different';
  @ApiPropertyOptional({ description: 'the account that it belongs to' })
  account?: string;
  @ApiProperty({ description: 'key of the row, as JSON' })
  key: string;
  @ApiProperty({ type: [ColumnDifferenceAnswer], description: 'columns of a row that is otherwise' })
  columns: readonly ColumnDifferenceAnswer[];
  @ApiProperty({ type: [String], description: 'log positions of the events behind the figure, the first of them' })
  events: readonly string[];
}

class TableDifferenceAnswer {
  @ApiProperty()
  table: string;
  @ApiProperty({ description: 'rows that differ' })
  differing: number;
  @ApiProperty({ type: [RowDifferenceAnswer], description: 'the first of them' })
  differences: RowDifferenceAnswer[];
}

class ReplayResultAnswer {
  @ApiProperty({ description: 'every table of the replay is as in production' })
  same: boolean;
  @ApiProperty({ description: 'tables that were held against production’s' })
  tables: number;
  @ApiProperty({ description: 'events that the figures were computed from' })
  events: string;
  @ApiProperty({ description: 'SHA-256 over all tables; the same log gives the same on every machine' })
  sha256: string;
  @ApiProperty({ type: [TableDifferenceAnswer], description: 'tables that differ' })
  differing: TableDifferenceAnswer[];
}

export class ReplayAnswer {
  @ApiProperty({ format: 'uuid' })
  replayId: string;
  @ApiProperty({ format: 'date-time' })
  startedAt: string;
  @ApiProperty({ description: 'who started it' })
  startedBy: string;
  @ApiProperty({ enum: ['running', 'finished', 'failed'] })
  state: 'running' | 'finished' | 'failed';
  @ApiProperty({ enum: ['replay', 'digest', 'compare'] })
  phase: 'replay' | 'digest' | 'compare';
  @ApiProperty({ description: 'log position reached' })
  position: string;
  @ApiProperty({ description: 'the log’s last position when it was started' })
  head: string;
  @ApiProperty({ description: 'events replayed' })
  events: string;
  @ApiProperty()
  eventsPerSecond: number;
  @ApiPropertyOptional({ type: ReplayResultAnswer })
  result?: ReplayResultAnswer;
  @ApiPropertyOptional({ description: 'why it failed' })
  failure?: string;

  static of({ replayId, startedAt, startedBy, state, head, progress, report, failure }: WatchedReplay): ReplayAnswer {
    const { phase, position, events, eventsPerSecond } = progress;
    return {
      ...{ replayId, startedAt: startedAt.toISOString(), startedBy, state, phase, eventsPerSecond },
      ...{ head: head.toString(), position: position.toString(), events: events.toString() },
      ...(report?.comparison === undefined ? {} : { result: resultOf(report.digest, report.comparison) }),
      ...(failure === undefined ? {} : { failure }),
    };
  }
}

function resultOf(
  { tables, events, sha256 }: NonNullable<WatchedReplay['report']>['digest'],
  comparison: LiveComparison,
): ReplayResultAnswer {
  return {
    ...{ same: comparison.same, tables: tables.length, events: events.toString(), sha256 },
    differing: comparison.tables.map(({ table, differing, differences }) => ({
      ...{ table, differing },
      differences: differences.map(({ kind, account, key, columns, events: behind }) => ({
        ...{ kind, key: JSON.stringify(key), columns, events: behind },
        ...(account === undefined ? {} : { account }),
      })),
    })),
  };
}

import { kafkaBus, projectorConfig } from '@provident/assembly';
import type { KafkaBus } from '@provident/event-bus';
import type { Clock } from '@provident/kernel';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import { createLog } from '@provident/telemetry';
import type { Pool } from 'pg';
import { tellRefusal } from './tell-refusal.js';

/** What commands about a read side that Kafka feeds work on. */
export interface Bus {
  readonly bus: KafkaBus;
  readonly pool: Pool;
  readonly clock: Clock;
}

/** Opens Kafka and the database. A refusal is told with its rule and what to do, and makes the exit code 1. */
export async function withBus(options: { json?: boolean }, work: (bus: Bus) => Promise<void>): Promise<void> {
  try {
    const config = projectorConfig(process.env);
    const pool = createPool(config.databaseUrl, LIVE_SCHEMA, 10);
    try {
      await work({ bus: kafkaBus(config, createLog('ledgerctl', 'silent')), pool, clock: { now: () => new Date() } });
    } finally {
      await pool.end();
    }
  } catch (error) {
    tellRefusal(error, options);
  }
}

import type { Projection } from '@provident/projections/projection';
import { Projector } from '@provident/projections/projector';
import type { Pool } from 'pg';
import { aborted, BackOff, pause } from './back-off.js';
import type { KafkaBus } from './kafka-bus.js';
import { KafkaLog } from './kafka-log.js';
import type { OnTrouble } from './status.js';

export interface OrderedProjectorOptions {
  readonly bus: KafkaBus;
  readonly pool: Pool;
  readonly schema: string;
  readonly projections: readonly Projection[];
  readonly onTrouble: OnTrouble;
}

/**
 * Applies the projections that rest on the order of the whole log, from all partitions put together again. One process
 * does it at a time; should two for a moment, the checkpoint lets one of them write.
 */
export class OrderedProjector {
  private turn: Promise<void> = Promise.resolve();
  private ending = new AbortController();

  constructor(private readonly options: OrderedProjectorOptions) {}

  /** Begins, once what was stopped before has ended. */
  start(): void {
    const ending = new AbortController();
    this.ending = ending;
    this.turn = this.turn.then(() => this.run(ending.signal));
  }

  /** Finishes the batch under way. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.turn;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { bus, pool, schema, projections, onTrouble } = this.options;
    const source = new KafkaLog(bus, onTrouble);
    const projector = new Projector({ ...{ pool, source, projections, schema, onTrouble }, tables: 'given' });
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        await projector.start();
        await aborted(signal);
      } catch (error) {
        const waitMs = backOff.next();
        onTrouble(error, waitMs);
        await pause(waitMs, signal);
      }
    }
    await projector.stop();
  }
}

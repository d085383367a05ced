import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../options.js';
import type { Measurement } from '../result.js';
import { bigLog } from './big-log.js';
import { durability, projectionCost } from './durability.js';

/** The embedded event store by itself, through the official client. */
export async function eventStoreBench(options: BenchOptions, say: (text: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'provident-bench-store-'));
  try {
    say('(g) event store, durable beside in memory …');
    const durable = await durability(folder, options.repeats);
    say('(h) event store, with and without system projections …');
    const projections = await projectionCost(folder, options.repeats);
    say(`(i) event store, a log of ${options.events} events …`);
    return [...durable, ...projections, ...(await bigLog(folder, options.events, say))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

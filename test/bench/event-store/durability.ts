import { join } from 'node:path';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { type Measurement, measurement, median } from '../result.js';
import { RunningStore } from './running-store.js';
import { batchAppends, catchUp, readAll, singleAppends } from './workloads.js';

const SINGLES = { 1: 1_500, 32: 6_000, 256: 10_000 } as const;
const BATCHES = 40;
const READ_EVENTS = 20_000;

interface Workload {
  readonly name: string;
  readonly unit: string;
  readonly aim: string;
  run(client: EventStoreDBClient): Promise<number>;
}

const singles = (concurrency: keyof typeof SINGLES, aim: string): Workload => ({
  name: `single appends, ${concurrency} at a time`,
  unit: 'events/s',
  aim,
  run: (client) => singleAppends(client, SINGLES[concurrency], concurrency),
});

const workloads: readonly Workload[] = [
  singles(1, ''),
  singles(32, 'ratio 0.5'),
  singles(256, ''),
  { name: '500-event batches', unit: 'events/s', aim: 'ratio 0.8', run: (client) => batchAppends(client, BATCHES) },
  { name: 'readAll', unit: 'events/s', aim: 'ratio 0.8', run: (client) => readAll(client, READ_EVENTS) },
  { name: 'subscription to $all, catching up', unit: 'events/s', aim: 'ratio 0.8', run: catchUp },
];

/** What being durable costs: the same client and the same server, on disk and in memory, in turn. */
export function durability(folder: string, repeats: number): Promise<Measurement[]> {
  return beside(
    { label: '(g) durable', start: (round) => ({ dir: join(folder, `durable-${round}`), systemProjections: true }) },
    { label: 'the same server, --memory', start: () => ({ systemProjections: true }) },
    repeats,
    workloads,
  );
}

/** What the system projections cost those who append. */
export function projectionCost(folder: string, repeats: number): Promise<Measurement[]> {
  const start = (systemProjections: boolean) => (round: number) => ({
    dir: join(folder, `projections-${String(systemProjections)}-${round}`),
    systemProjections,
  });
  return beside(
    { label: '(h) with $ce-, $et- …', start: start(true) },
    { label: 'without system projections', start: start(false) },
    repeats,
    workloads.filter(({ name }) => /append|batches/.test(name)).map((workload) => ({ ...workload, aim: 'ratio 0.77' })),
  );
}

interface Side {
  readonly label: string;
  start(round: number): Parameters<typeof RunningStore.start>[0];
}

/** Both sides in turn, each workload right after the other side's; the first round warms up and does not count. */
async function beside(
  ours: Side,
  yardstick: Side,
  repeats: number,
  chosen: readonly Workload[],
): Promise<Measurement[]> {
  const rates = chosen.map(() => ({ ours: [] as number[], yardstick: [] as number[] }));
  for (let round = 0; round <= repeats; round += 1) {
    const one = await RunningStore.start(ours.start(round));
    const other = await RunningStore.start(yardstick.start(round));
    try {
      for (const [at, workload] of chosen.entries()) {
        const [rate, yardstickRate] = [await workload.run(one.client), await workload.run(other.client)];
        if (round === 0) continue;
        rates[at]?.ours.push(rate);
        rates[at]?.yardstick.push(yardstickRate);
      }
    } finally {
      await one.stop();
      await other.stop();
    }
  }
  return chosen.map(({ name, unit, aim }, at) =>
    measurement({
      name: `${ours.label}: ${name}`,
      unit,
      ours: median(rates[at]?.ours ?? []),
      yardstick: median(rates[at]?.yardstick ?? []),
      yardstickName: yardstick.label,
      aim,
    }),
  );
}

import { join } from 'node:path';
import { type Measurement, measurement } from '../result.js';
import { RawLoader } from './raw-loader.js';
import { RunningStore } from './running-store.js';
import { newestPosition, readAll } from './workloads.js';

const STREAMS = 1_000;
const SEGMENTS = 10;
const READ_EVENTS = 20_000;
const MEBIBYTE = 1_048_576;

/** The state of a log at one moment of its growth. */
interface Stage {
  readonly events: number;
  readonly appendRate: number;
  readonly appendCpuMicros: number;
  readonly readRate: number;
  readonly rssBytes: number;
}

/** One log grown to many events: whether it is as quick at the end as at the beginning, and what opening it takes. */
export async function bigLog(folder: string, events: number, say: (text: string) => void): Promise<Measurement[]> {
  const order = { dir: join(folder, 'big'), systemProjections: true };
  const batches = Math.max(1, Math.ceil(events / RawLoader.batchEvents / SEGMENTS));
  const stages: Stage[] = [];
  const store = await RunningStore.start(order);
  const loader = new RawLoader(store.url, STREAMS);
  try {
    for (let segment = 0; segment < SEGMENTS; segment += 1) {
      const stage = await grow(store, loader, batches, segment);
      stages.push(stage);
      say(stageText(stage));
    }
  } finally {
    loader.close();
    await store.stop();
  }
  const reopened = await RunningStore.start(order);
  try {
    const rate = await readAll(reopened.client, READ_EVENTS);
    say(
      `opened again in ${Math.round(reopened.openMs)} ms, first ${READ_EVENTS} events at ${Math.round(rate)} events/s`,
    );
    return lines(stages, reopened);
  } finally {
    await reopened.stop();
  }
}

async function grow(store: RunningStore, loader: RawLoader, batches: number, segment: number): Promise<Stage> {
  const before = await store.usage();
  const appendRate = await loader.load(batches);
  const after = await store.usage();
  const appended = batches * RawLoader.batchEvents;
  const newest = await newestPosition(store.client);
  return {
    events: (segment + 1) * appended,
    appendRate,
    appendCpuMicros: (after.cpuMicros - before.cpuMicros) / appended,
    readRate: await readAll(store.client, READ_EVENTS, {
      direction: 'backwards',
      fromPosition: { commit: newest, prepare: newest },
    }),
    rssBytes: after.rssBytes,
  };
}

function stageText({ events, appendRate, appendCpuMicros, readRate, rssBytes }: Stage): string {
  return [
    `${events} events`,
    `append ${Math.round(appendRate)} events/s (${appendCpuMicros.toFixed(1)} us of the server each)`,
    `read the newest ${Math.round(readRate)} events/s`,
    `memory ${Math.round(rssBytes / MEBIBYTE)} MiB`,
  ].join(', ');
}

function lines(stages: readonly Stage[], reopened: RunningStore): Measurement[] {
  const [first, middle, last] = [stages[0], stages[Math.floor(SEGMENTS / 2)], stages.at(-1)];
  if (!first || !middle || !last) throw new Error('A log has no stages.');
  const flat = (when: string, stage: Stage): Measurement[] => [
    measurement({
      name: `(i) ${when} of ${last.events} events: append, 1,000-event batches`,
      unit: 'events/s',
      ours: stage.appendRate,
      yardstick: first.appendRate,
      yardstickName: 'the first tenth',
      aim: 'ratio 0.9',
    }),
    measurement({
      name: `    ${when}: server's time for an appended event`,
      unit: 'us',
      ours: stage.appendCpuMicros,
      yardstick: first.appendCpuMicros,
      yardstickName: 'the first tenth',
      aim: 'ratio 1.1',
    }),
    measurement({
      name: `    ${when}: read the newest ${READ_EVENTS}`,
      unit: 'events/s',
      ours: stage.readRate,
      yardstick: first.readRate,
      yardstickName: 'after the first tenth',
      aim: 'ratio 0.9',
    }),
  ];
  return [
    ...flat('middle', middle),
    ...flat('end', last),
    measurement({
      name: "    memory of the server's process at the end",
      unit: 'MiB',
      ours: last.rssBytes / MEBIBYTE,
      yardstick: first.rssBytes / MEBIBYTE,
      yardstickName: 'after the first tenth',
      aim: '',
    }),
    measurement({
      name: '    opening it again',
      unit: 'ms',
      ours: reopened.openMs,
      yardstick: 1_000,
      yardstickName: 'one second',
      aim: 'ratio 1',
    }),
  ];
}

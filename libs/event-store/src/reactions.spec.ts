import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { deterministicId, DomainError, type RecordedEvent } from '@provident/kernel';
import { EventStore } from './event-store.js';
import { LIMITS } from './limits.js';
import { LogReader } from './log-reader.js';
import { type Reaction, ReactionRunner } from './reactions.js';
import { counter } from './testing/counter.js';
import { contextOf, happened, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let failures: Error[];
const running: ReactionRunner[] = [];
beforeEach(async () => {
  store = await startTestStore();
  failures = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const runner of running.splice(0)) await runner.stop();
  await store.stop();
});

async function started(...reactions: Reaction[]): Promise<ReactionRunner> {
  const source = new LogReader(store.client);
  const runner = new ReactionRunner('test', store.client, source, reactions, (error) => failures.push(error));
  await runner.start();
  running.push(runner);
  return runner;
}

/** Counts, on a stream of its own, the events that it reacts to: a command whose id derives from the event. */
function counting(id: string, events = new EventStore(store.client)): Reaction {
  return {
    on: 'Happened',
    react: async (event) => {
      const commandId = deterministicId('test', event.id);
      await events.execute(counter, id, { add: 1 }, contextOf(commandId));
    },
  };
}

const total = async (id: string): Promise<number> => (await new EventStore(store.client).load(counter, id)).state.total;

it('reacts to the events of its types, in order within a stream, and streams do not wait for each other', async () => {
  const seen: string[] = [];
  const runner = await started({
    on: 'Happened',
    react: async (event) => {
      if (event.stream === 'slow-1') await delay(20);
      seen.push(`${event.stream}:${event.revision}`);
    },
  });
  await store.client.append('slow-1', happened(4), 'no_stream');
  await store.client.append('fast-1', happened(4), 'no_stream');
  await runner.idle();
  const of = (stream: string): string[] => seen.filter((each) => each.startsWith(stream));
  expect(of('slow')).toEqual(['slow-1:0', 'slow-1:1', 'slow-1:2', 'slow-1:3']);
  expect(of('fast')).toEqual(['fast-1:0', 'fast-1:1', 'fast-1:2', 'fast-1:3']);
  expect(failures).toEqual([]);
});

it('is idle only when what reactions set off has been reacted to as well', async () => {
  const seen: string[] = [];
  const events = new EventStore(store.client);
  const runner = await started(counting('chain', events), {
    on: 'Added',
    react: async (event) => {
      await delay(20);
      seen.push(event.type);
      await events.execute(counter, 'chain', { empty: true }, contextOf(deterministicId('empty', event.id)));
    },
  });
  await runner.idle();
  expect(seen).toEqual([]);
  await store.client.append('test-1', happened(1), 'no_stream');
  await runner.idle();
  expect(seen).toEqual(['Added']);
  expect(await total('chain')).toBe(0);
});

it('changes nothing when it crashed between a reaction and its checkpoint', async () => {
  const id = randomUUID();
  await store.client.append('test-1', happened(10), 'no_stream');
  const append = store.client.append.bind(store.client);
  jest.spyOn(store.client, 'append').mockImplementation((stream, events, expected) => {
    if (stream.startsWith('reactions-')) return Promise.reject(new Error('The power is out.'));
    return append(stream, events, expected);
  });
  await started(counting(id));
  while (failures.length === 0) await delay(5);
  running.length = 0;
  jest.restoreAllMocks();
  expect(await total(id)).toBe(10);

  const handled: RecordedEvent[] = [];
  const second = await started(counting(id), {
    on: 'Happened',
    react: (event) => Promise.resolve(void handled.push(event)),
  });
  await second.idle();
  expect(handled).toHaveLength(10);
  expect(await total(id)).toBe(10);
});

it('goes on behind its checkpoint, which readers of the log do not see', async () => {
  const id = randomUUID();
  await store.client.append('test-1', happened(3), 'no_stream');
  const first = await started(counting(id));
  await first.idle();
  await first.stop();
  await store.client.append('test-1', happened(2, 3), 2n);
  const handled: number[] = [];
  const second = await started({
    on: 'Happened',
    react: (event) => Promise.resolve(void handled.push(Number(event.revision))),
  });
  await second.idle();
  expect(handled).toEqual([3, 4]);
  const types = new Set<string>();
  for await (const batch of new LogReader(store.client).batches({ live: false, maxBatch: 100 })) {
    for (const event of batch) types.add(event.type);
  }
  expect([...types].sort()).toEqual(['Added', 'Happened']);
});

it('tries again what failed for a while, and stands still at what the rules refuse', async () => {
  jest.replaceProperty(LIMITS, 'reactionRetryMs', 5 as never);
  let tries = 0;
  const seen: number[] = [];
  await started({
    on: 'Happened',
    react: (event) => {
      const { number } = event.data as { number: number };
      if (number === 1 && ++tries < 3) return Promise.reject(new Error('Not now.'));
      if (number === 3) return Promise.reject(new DomainError('test', 'Never.', 'test', 'Mend it.'));
      seen.push(number);
      return Promise.resolve();
    },
  });
  await store.client.append('test-1', happened(5), 'no_stream');
  while (failures.length === 0) await delay(5);
  expect(seen).toEqual([0, 1, 2]);
  expect(failures).toMatchObject([{ name: 'ReactionFailed', message: expect.stringMatching(/Happened .* Never\.$/) }]);
});

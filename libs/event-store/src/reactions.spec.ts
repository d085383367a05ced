import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { deterministicId, DomainError, type RecordedEvent } from '@provident/kernel';
import { EventStore } from './event-store.js';
import { LIMITS } from './limits.js';
import { LogReader } from './log-reader.js';
import { ReactionGroup } from './reaction-group.js';
import { type Reaction, ReactionRunner } from './reactions.js';
import { StoreClient } from './store-client.js';
import { StoreUnavailable } from './wire/errors.js';
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

function runnerOver(client: StoreClient, ...reactions: Reaction[]): ReactionRunner {
  return new ReactionRunner('test', client, new LogReader(client), reactions, (error) => failures.push(error));
}

async function started(...reactions: Reaction[]): Promise<ReactionRunner> {
  const runner = runnerOver(store.client, ...reactions);
  await runner.start();
  running.push(runner);
  return runner;
}

/** A runner that only takes down what it is given. */
async function startNoting(...types: string[]) {
  const revisions: number[] = [];
  const streams = new Set<string>();
  const react = (event: RecordedEvent): Promise<void> => {
    revisions.push(Number(event.revision));
    streams.add(event.stream);
    return Promise.resolve();
  };
  return { runner: await started(...types.map((on) => ({ on, react }))), revisions, streams };
}

/** Waits until the event store has taken down that everything of these types was handled. */
async function checkpointed(...types: string[]): Promise<void> {
  const head = (await store.client.readPage('test-1', { backwards: true, count: 1 }))[0]?.position ?? 0n;
  const group = new ReactionGroup(store.client, 'test', types);
  while (((await group.checkpoint()) ?? -1n) < head) await delay(10);
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

it('changes nothing when it crashed between a reaction and its acknowledgement', async () => {
  const id = randomUUID();
  await store.client.append('test-1', happened(10), 'no_stream');
  const doomed = new StoreClient(store.server.url);
  const events = new EventStore(doomed);
  const counted = counting(id, events);
  const died = new Promise<void>((resolve) => {
    const runner = runnerOver(doomed, {
      on: 'Happened',
      react: async (event) => {
        await counted.react(event);
        if (event.revision < 9n) return;
        await doomed.dispose();
        resolve();
      },
    });
    void runner.start();
  });
  await died;
  expect(await total(id)).toBe(10);

  const handled: RecordedEvent[] = [];
  const second = await started(counting(id), {
    on: 'Happened',
    react: (event) => Promise.resolve(void handled.push(event)),
  });
  await second.idle();
  expect(handled.at(-1)?.revision).toBe(9n);
  expect(await total(id)).toBe(10);
});

it('goes on behind what was acknowledged; readers of the log see nothing of its book-keeping', async () => {
  const id = randomUUID();
  await store.client.append('test-1', happened(3), 'no_stream');
  const first = await started(counting(id));
  await first.idle();
  await first.stop();
  await checkpointed('Happened');
  await store.client.append('test-1', happened(2, 3), 2n);
  const { runner, revisions } = await startNoting('Happened');
  await runner.idle();
  expect(revisions).toEqual([3, 4]);
  const types = new Set<string>();
  for await (const batch of new LogReader(store.client).batches({ live: false, maxBatch: 100 })) {
    for (const event of batch) types.add(event.type);
  }
  expect([...types].sort()).toEqual(['Added', 'Happened']);
});

it('goes on with another set of event types where the former set was', async () => {
  await store.client.append('test-1', happened(3), 'no_stream');
  const former = await started(counting(randomUUID()));
  await former.idle();
  await former.stop();
  await checkpointed('Happened');
  await store.client.append('test-1', happened(2, 3), 2n);
  const { runner, revisions } = await startNoting('Happened', 'Mended');
  await runner.idle();
  // The event at the former place itself comes once more, which changes nothing.
  expect(revisions.filter((revision) => revision > 2)).toEqual([3, 4]);
  expect(revisions.filter((revision) => revision < 2)).toEqual([]);
});

it('is shared by several processes: every event is handled, one stream by one of them', async () => {
  const mine = await startNoting('Happened');
  const others = await startNoting('Happened');
  for (let stream = 0; stream < 40; stream += 1) await store.client.append(`test-${stream}`, happened(3), 'no_stream');
  await Promise.all([mine.runner.idle(), others.runner.idle()]);
  expect(mine.streams.size).toBeGreaterThan(0);
  expect(others.streams.size).toBeGreaterThan(0);
  expect(mine.revisions.length + others.revisions.length).toBe(120);
  expect([...mine.streams].filter((stream) => others.streams.has(stream))).toEqual([]);
});

it('waits for an event store that is away, and goes on', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'provident-reactions-'));
  let server = await startTestStore({ dir });
  const { port } = server.server;
  const client = new StoreClient(server.server.url);
  const revisions: number[] = [];
  const runner = runnerOver(client, {
    on: 'Happened',
    react: (event) => Promise.resolve(void revisions.push(Number(event.revision))),
  });
  await runner.start();
  await client.append('test-1', happened(2), 'no_stream');
  await runner.idle();
  await server.stop();
  server = await startTestStore({ dir, port });
  await server.client.append('test-1', happened(2, 2), 1n);
  while (!revisions.includes(3)) await delay(10);
  expect([...new Set(revisions)]).toEqual([0, 1, 2, 3]);
  expect(failures).toEqual([]);
  await runner.stop();
  await client.dispose();
  await server.stop();
  rmSync(dir, { recursive: true });
});

it('says that the event store cannot be reached, as every other call does', async () => {
  const { client, server } = store;
  await server.stop();
  const group = new ReactionGroup(client, 'test', ['Happened']);
  await expect(group.checkpoint()).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(group.ensure()).rejects.toBeInstanceOf(StoreUnavailable);
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

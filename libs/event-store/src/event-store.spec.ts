import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '@provident/kernel';
import type { Aggregate } from './aggregate.js';
import { EventStore } from './event-store.js';
import { StoreClient } from './store-client.js';
import {
  closingCounter,
  counter,
  type CounterCommand,
  type CounterEvent,
  type CounterState,
} from './testing/counter.js';
import { contextOf, failure, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let events: EventStore;
let reads: jest.SpiedFunction<StoreClient['readPage']>;
beforeAll(async () => (store = await startTestStore()));
afterAll(() => store.stop());
beforeEach(() => {
  events = new EventStore(store.client);
  reads = jest.spyOn(store.client, 'readPage');
});
afterEach(() => jest.restoreAllMocks());

const someone = (): ReturnType<typeof contextOf> => contextOf(randomUUID());
const add = (id: string, amount: number, context = someone()): ReturnType<EventStore['execute']> =>
  events.execute(counter, id, { add: amount }, context);

async function recorded(id: string): Promise<RecordedEvent[]> {
  return collected(new EventStore(store.client).read(counter, id));
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('load, decide, append', () => {
  it('appends what a command causes, with its context, and answers where it stands', async () => {
    const id = randomUUID();
    const context = someone();
    const first = await add(id, 3, context);
    const second = await add(id, 4);
    expect(first).toMatchObject({ stream: `counter-${id}`, revision: 0n, events: [{ data: { amount: 3 } }] });
    expect(second.revision).toBe(1n);
    const log = await recorded(id);
    expect(log).toMatchObject([
      { type: 'Added', data: { amount: 3 }, metadata: { ...context, schemaVersion: 1 }, position: first.position },
      { type: 'Added', data: { amount: 4 }, position: second.position },
    ]);
    expect((await events.load(counter, id)).state).toEqual({ total: 7, seen: 2 });
  });

  it('appends nothing when it is already so', async () => {
    const id = randomUUID();
    const result = await events.execute(counter, id, { empty: true }, someone());
    expect(result).toEqual({ stream: `counter-${id}`, revision: -1n, position: undefined, events: [] });
  });

  it('lets a refusal through and appends nothing', async () => {
    const id = randomUUID();
    await add(id, 100);
    expect(await failure(add(id, 1))).toMatchObject({ name: 'DomainError', code: 'counter.full' });
    expect(await recorded(id)).toHaveLength(1);
  });

  it('refuses an event that does not fit its schema', async () => {
    expect(await failure(add(randomUUID(), 1.5))).toMatchObject({ name: 'BrokenInvariant' });
  });

  it('carries out the commands on one stream one after the other', async () => {
    const id = randomUUID();
    const results = await Promise.all(Array.from({ length: 20 }, () => add(id, 1)));
    expect(results.map(({ revision }) => revision)).toEqual(results.map((_, index) => BigInt(index)));
  });
});

describe('a repeated command', () => {
  it('appends nothing, whether the stream is remembered or read anew', async () => {
    const id = randomUUID();
    const context = someone();
    const first = await add(id, 3, context);
    const again = { ...first, events: [] };
    expect(await add(id, 3, context)).toEqual(again);
    events = new EventStore(store.client);
    expect(await add(id, 3, context)).toEqual(again);
    expect(await events.execute(counter, id, { add: 3 }, context, { mostlyNew: true })).toEqual(again);
    expect(await recorded(id)).toHaveLength(1);
  });

  it('appends nothing when two processes carry it out at once', async () => {
    const id = randomUUID();
    const context = someone();
    const others = Array.from({ length: 4 }, () => new EventStore(store.client));
    await Promise.all(others.map((each) => each.execute(counter, id, { add: 3 }, context)));
    expect(await recorded(id)).toHaveLength(1);
  });
});

describe('two stores on one stream', () => {
  it('decide again when the other was first, so that nothing is lost', async () => {
    const id = randomUUID();
    const other = new StoreClient(store.server.url);
    const stores = [events, new EventStore(other)];
    const appends = [store.client, other].map((client) => jest.spyOn(client, 'append'));
    await Promise.all(
      stores.flatMap((each) =>
        Array.from({ length: 15 }, () => each.execute(counter, id, { add: 1 }, someone()).then(() => undefined)),
      ),
    );
    expect((await events.load(counter, id)).state).toEqual({ total: 30, seen: 30 });
    expect(appends.flatMap(({ mock }) => mock.calls).length).toBeGreaterThan(30);
    await other.dispose();
  });

  it('do not refuse on what they remember from before', async () => {
    const id = randomUUID();
    await add(id, 100);
    await new EventStore(store.client).execute(counter, id, { empty: true }, someone());
    expect(await add(id, 1)).toMatchObject({ revision: 2n });
  });
});

describe('reading no more than needed', () => {
  it('does not read a stream that it remembers, nor one that is mostly new', async () => {
    const id = randomUUID();
    const run = (): Promise<unknown> => events.execute(counter, id, { add: 1 }, someone(), { mostlyNew: true });
    await run();
    await run();
    expect(reads).not.toHaveBeenCalled();
  });

  it('reads a stream that was not new after all, and is right about it', async () => {
    const id = randomUUID();
    await add(id, 60);
    events = new EventStore(store.client);
    const run = (amount: number): ReturnType<EventStore['execute']> =>
      events.execute(counter, id, { add: amount }, someone(), { mostlyNew: true });
    expect(await run(40)).toMatchObject({ revision: 1n });
    events = new EventStore(store.client);
    expect(await failure(run(1))).toMatchObject({ code: 'counter.full' });
  });

  it('loads backwards to the last closing, and everything only when the whole history is asked for', async () => {
    const id = randomUUID();
    const run = (command: CounterCommand, wholeHistory = false): ReturnType<EventStore['execute']> =>
      events.execute(closingCounter, id, command, someone(), { wholeHistory });
    for (let count = 0; count < 40; count += 1) await run({ add: 1 });
    await run({ close: true });
    await run({ add: 2 });
    reads.mockClear();
    expect((await new EventStore(store.client).load(closingCounter, id)).state).toEqual({ total: 42, seen: 2 });
    expect(reads.mock.calls).toEqual([[`counter-${id}`, { backwards: true, count: 32 }]]);
    const seen: number[] = [];
    const watching: typeof closingCounter = {
      ...closingCounter,
      decide: (command, state) => {
        seen.push(state.seen);
        return closingCounter.decide(command, state);
      },
    };
    await events.execute(watching, id, { add: 1 }, someone(), { wholeHistory: true });
    await events.execute(watching, id, { add: 1 }, someone());
    expect(seen).toEqual([42, 3]);
  });

  it('reads long streams in pages, both ways', async () => {
    const id = randomUUID();
    const wanted = Array.from({ length: 1_100 }, (_, index) => BigInt(index));
    const added = wanted.map(() => ({ type: 'Added', data: { amount: 0 } }) as const);
    const bulk: Aggregate<CounterState, CounterCommand, CounterEvent> = { ...counter, decide: () => added };
    await events.execute(bulk, id, { add: 0 }, someone());
    expect((await recorded(id)).map(({ revision }) => revision)).toEqual(wanted);
    const backwards = await collected(events.readBackwards(counter, id));
    expect(backwards.map(({ revision }) => revision)).toEqual(wanted.toReversed());
  });
});

describe('schema versions', () => {
  const renamed: Aggregate<CounterState, CounterCommand, CounterEvent> = {
    ...counter,
    upcasters: { Added: [(data) => ({ amount: Number(data['amount']) * 100 })] },
  };

  it('brings old events to the present form and writes new ones in it', async () => {
    const id = randomUUID();
    await add(id, 1);
    await new EventStore(store.client).execute(renamed, id, { empty: true }, someone());
    await events.execute(renamed, id, { add: 5 }, someone());
    const log = await collected(events.read(renamed, id));
    expect(log.map(({ data, metadata }) => [data, metadata.schemaVersion])).toEqual([
      [{ amount: 100 }, 1],
      [{}, 1],
      [{ amount: 5 }, 2],
    ]);
  });

  it('refuses to read what a newer program wrote', async () => {
    const id = randomUUID();
    await events.execute(renamed, id, { add: 5 }, someone());
    const older = new EventStore(store.client).load(counter, id);
    expect(await failure(older)).toMatchObject({ message: expect.stringContaining('Upgrade it') });
  });
});

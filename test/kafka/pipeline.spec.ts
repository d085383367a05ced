import { KafkaBus } from '@provident/event-bus';
import { KafkaLog } from '@provident/event-bus/kafka-log';
import type { ReadAllOptions } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import { tally } from '@provident/projections/testing/tally';
import { appendCounted, counted, countedLog, SlowSource } from '../support/counted-log.js';
import { DuplicatingBus } from '../support/duplicating-bus.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { topicContents } from '../support/topic-contents.js';

describeWithKafka('from the log through Kafka to PostgreSQL', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  it('brings every event into the same rows as one process does', async () => {
    const log = countedLog(5_000);
    const bus = desk.newBus();
    const projections = [tally()];
    const relay = desk.relay(bus, log);
    const projector = await desk.projector(bus, projections);
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    const all = { state: 'leading', position: log.head, sent: 5_000, unconfirmed: 0, lagSeconds: 0 };
    expect(relay.status).toMatchObject(all);
    expect(projector.status.applied).toBe(5_000);
    const late = log.append(counted('late', 1), 'a-1');
    await desk.applied(late.position);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(projector.status.partitions.reduce((sum, { lag }) => sum + lag, 0n)).toBe(0n);
  });

  it('keeps each stream in one partition, in its order', async () => {
    const log = countedLog(600, 30);
    const bus = desk.newBus();
    const relay = desk.relay(bus, log);
    await desk.until('all is sent', () => relay.status.position === log.head);
    const contents = await topicContents(bus, bus.topics.events);
    const places = new Map<string, string>();
    const positions = new Map<string, bigint>();
    for (const [place, messages] of contents) {
      for (const { key, headers } of messages) {
        const stream = String(key);
        expect(places.get(stream) ?? place).toBe(place);
        places.set(stream, place);
        const position = BigInt(String(headers?.['ce_position']));
        expect(position).toBeGreaterThan(positions.get(stream) ?? -1n);
        positions.set(stream, position);
      }
    }
    expect(places.size).toBe(30);
    expect(new Set([...places.values()].map((place) => place.split('/')[0]))).toEqual(new Set(bus.topics.events));
  });

  it('changes no figure when every message comes one to five times', async () => {
    const log = countedLog(2_000);
    const bus = new DuplicatingBus({
      ...{ brokers: [desk.kafka.broker.address], area: 'duplicates', categories: ['a', 'b'], partitions: 3 },
    });
    const projections = [tally()];
    desk.relay(bus, new SlowSource(log, 50));
    const projector = await desk.projector(bus, projections);
    await desk.applied(log.head);
    // The last repeats lie behind what was asked for; they must change nothing either.
    await desk.until('nothing is left to read', () => projector.status.partitions.every(({ lag }) => lag === 0n));
    expect(bus.repeats).toBeGreaterThan(40);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(projector.status.applied).toBe(2_000);
  });

  it('shares the work between two projectors, and changes no figure when one comes or goes', async () => {
    const log = countedLog(3_000);
    const bus = desk.newBus({ partitions: 6 });
    const projections = [tally()];
    desk.relay(bus, log);
    const first = await desk.projector(bus, projections);
    const second = await desk.projector(bus, projections);
    await desk.until('both have partitions', () =>
      [first, second].every(({ status }) => status.partitions.filter(({ state }) => state === 'following').length >= 9),
    );
    for (let place = 3_000; place < 6_000; place += 1) appendCounted(log, place);
    await desk.applied(log.head);
    expect(first.status.applied + second.status.applied).toBe(6_000);
    expect(first.status.applied).toBeGreaterThan(0);
    expect(second.status.applied).toBeGreaterThan(0);
    await first.stop();
    for (let place = 6_000; place < 7_000; place += 1) appendCounted(log, place);
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(first.status.applied + second.status.applied).toBe(7_000);
  });

  it('applies projections that need the order of the whole log in that order', async () => {
    const log = countedLog(500);
    // Which note is the last of a name is decided across streams.
    for (let place = 0; place < 1_000; place += 1)
      log.append(counted(`name ${place % 3}`, 1, `note ${place}`), `a-${place % 17}`);
    const bus = desk.newBus();
    const projections = [{ ...tally(), order: 'log' as const }];
    desk.relay(bus, log);
    await desk.projector(bus, projections);
    await desk.applied(log.head);
    for (let place = 0; place < 200; place += 1) log.append(counted('name 1', 1, `later ${place}`), `b-${place % 17}`);
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
  });

  it('gives the log back in its order, whole or in part', async () => {
    const log = countedLog(1_000, 50);
    const bus = new DuplicatingBus({
      ...{ brokers: [desk.kafka.broker.address], area: 'log', categories: ['a', 'b'], partitions: 3 },
    });
    await bus.prepare();
    const read = async (options: Omit<ReadAllOptions, 'live' | 'maxBatch'>) => {
      const events: RecordedEvent[] = [];
      for await (const batch of new KafkaLog(bus).batches({ ...options, live: false, maxBatch: 100 })) {
        expect(batch.length).toBeLessThanOrEqual(100);
        events.push(...batch);
      }
      return events;
    };
    expect(await read({})).toEqual([]);
    log.append({ type: 'Other', data: {} }, 'b-1');
    const relay = desk.relay(bus, new SlowSource(log, 50));
    await desk.until('all is sent', () => relay.status.position === log.head);
    await relay.stop();
    expect(await read({})).toEqual(log.all());
    const after = log.all()[600]?.position ?? 0n;
    expect(await read({ after })).toEqual(log.all().slice(601));
    expect(await read({ types: ['Other'] })).toEqual(log.all().slice(-1));
    const stopped = new AbortController();
    const live = new KafkaLog(bus).batches({ live: true, maxBatch: 5_000, signal: stopped.signal });
    for await (const batch of live) {
      expect(log.all()).toContainEqual(batch[0]);
      stopped.abort();
    }
  });

  it('refuses a read side that something else feeds, and topics that differ', async () => {
    const log = countedLog(10);
    const bus = desk.newBus();
    const projections = [tally()];
    await desk.projector(bus, projections);
    const { Projector } = await import('@provident/projections');
    const alone = new Projector({ pool: desk.database.pool, source: log, projections });
    await expect(alone.start()).rejects.toMatchObject({ code: 'read-side-feed' });
    const changed = desk.projector(bus, [tally(2)]);
    await expect(changed).rejects.toMatchObject({ code: 'rebuild-required' });
    await desk.clear();
    await alone.catchUp();
    await expect(desk.projector(bus, projections)).rejects.toMatchObject({ code: 'read-side-feed' });
    const other = new KafkaBus({
      ...{ brokers: [desk.kafka.broker.address], area: bus.topics.area, categories: ['a', 'b'], partitions: 4 },
    });
    await expect(other.prepare()).rejects.toMatchObject({ code: 'bus-topic-differs' });
  });
});

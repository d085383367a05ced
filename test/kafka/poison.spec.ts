import { DeadLetters, type KafkaBus } from '@provident/event-bus';
import { encodeEvent } from '@provident/event-bus/cloud-event';
import type { RecordedEvent } from '@provident/kernel';
import { PartitionStopped } from '@provident/projections/partition-applier';
import type { PoisonPolicy, Projection } from '@provident/projections/projection';
import { tally } from '@provident/projections/testing/tally';
import type { Message } from 'kafkajs';
import { counted, countedLog } from '../support/counted-log.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { produce } from '../support/produce.js';
import { topicContents } from '../support/topic-contents.js';

const BY = { by: 'admin:li', reason: 'seen with the log' };
const CLOCK = { now: () => new Date('2026-03-01T00:00:00Z') };

function tolerant(poison: PoisonPolicy | ((type: string) => PoisonPolicy) = 'dead-letter'): Projection {
  return { ...tally(), poison };
}

describeWithKafka('a message that cannot be applied', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  const alarms = () => desk.troubles.filter((error) => error instanceof PartitionStopped);
  const lettersOf = (bus: KafkaBus, projections: readonly Projection[]) =>
    new DeadLetters({ bus, pool: desk.database.pool, projections, clock: CLOCK });
  const totals = async () => {
    const { rows } = await desk.database.pool.query<{ name: string; amount: bigint }>(
      'select name, amount from total order by name',
    );
    return Object.fromEntries(rows.map(({ name, amount }) => [name, Number(amount)]));
  };

  it('stops its partition, with an alarm; the other partitions go on', async () => {
    const log = countedLog(100);
    const poison = log.append({ type: 'Poison', data: {} }, 'a-1');
    const bus = desk.newBus();
    desk.relay(bus, log);
    const projector = await desk.projector(bus, [tally()]);
    const stopped = () => projector.status.partitions.filter(({ state }) => state === 'stopped');
    await desk.until('a partition has stopped', () => stopped().length === 1);
    const behind = log.append(counted('behind', 1), 'a-1');
    const elsewhere = ['b-1', 'b-2', 'b-3', 'b-4', 'c-1', 'c-2'].map((stream) =>
      log.append(counted('elsewhere', 1), stream),
    );
    await desk.until('the others went on', async () => (await totals())['elsewhere'] === elsewhere.length);
    expect(alarms()).toEqual([expect.objectContaining({ projection: 'tally' })]);
    expect(String(alarms()[0])).toContain('cannot be folded');
    expect(await totals()).not.toHaveProperty('behind');
    expect((await desk.digests([tally()])).length).toBeGreaterThan(0);
    // What is asked for with atLeast= is not answered as if it were there.
    const { appliedUpTo } = await import('@provident/projections/applied-up-to');
    expect((await appliedUpTo(desk.database.pool, 'provident')).position).toBeLessThan(poison.position);
    expect(behind.position).toBeGreaterThan(poison.position);
  });

  it('is laid aside where the projection allows it, corrected, and applied once', async () => {
    const log = countedLog(100);
    const refused = log.append(counted('half', 1.5), 'a-1');
    const last = log.append(counted('behind', 1), 'a-1');
    const bus = desk.newBus();
    const heard: string[] = [];
    const projections = [tolerant((type) => (type === 'Counted' ? 'dead-letter' : 'stop'))];
    desk.relay(bus, log);
    const projector = await desk.projector(bus, projections, { onDeadLetter: ({ id }) => heard.push(id) });
    await desk.applied(last.position);
    expect(projector.status.deadLetters).toBe(1);
    const letters = lettersOf(bus, projections);
    const [letter, ...others] = await letters.list();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      projection: 'tally',
      state: 'open',
      position: refused.position,
      event: { id: refused.id },
    });
    const id = letter?.id ?? '';
    expect(heard).toEqual([id]);
    expect(await totals()).not.toHaveProperty('half');

    await expect(letters.replay(id, BY)).rejects.toMatchObject({ code: 'dead-letter-refused' });
    await expect(letters.correct('nowhere/0/0', { data: {} }, BY)).rejects.toMatchObject({
      code: 'dead-letter-unknown',
    });
    await letters.correct(id, { data: { name: 'half', amount: 2 } }, BY);
    const results = await Promise.allSettled([letters.replay(id, BY), letters.replay(id, BY)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(letters.replay(id, BY)).rejects.toMatchObject({ code: 'dead-letter-settled' });
    await expect(letters.handle(id, BY)).rejects.toMatchObject({ code: 'dead-letter-settled' });
    expect(await totals()).toMatchObject({ half: 2, behind: 1 });
    const repaired = await letters.show(id);
    expect(repaired.state).toBe('replayed');
    expect(repaired.repairs.map(({ action, by, reason, at }) => ({ action, by, reason, at }))).toEqual(
      ['correct', 'replay'].map((action) => ({ action, ...BY, at: '2026-03-01T00:00:00.000Z' })),
    );
    const contents = await topicContents(bus, [bus.topics.deadLetters]);
    const kept = contents.get(`${bus.topics.deadLetters}/0`) ?? [];
    expect(String(kept[0]?.headers?.['deadletter_reason'])).toMatch(/invalid input syntax/);
    expect(String(kept[0]?.headers?.['ce_id'])).toBe(refused.id);
    expect(kept.slice(1).map(({ headers }) => String(headers?.['deadletter_repair']))).toEqual(
      ['correct', 'replay', 'replay'].slice(0, kept.length - 1),
    );
    await letters.close();
  });

  it('that nobody can read stops its partition too, unless it is declared otherwise', async () => {
    const bus = desk.newBus({ partitions: 1 });
    await bus.prepare();
    await produce(bus, bus.topics.of('a-1'), [{ key: 'a-1', value: 'garbage' }]);
    const projector = await desk.projector(bus, [tolerant()]);
    await desk.until('it has stopped', () => projector.status.partitions.some(({ state }) => state === 'stopped'));
    expect(String(alarms()[0])).toContain('cannot be read: It has no header ce_specversion.');
  });

  it('that nobody can read is laid aside, whatever is wrong with it, and nothing else changes', async () => {
    const log = countedLog(50, 1);
    const bus = desk.newBus({ partitions: 1 });
    await bus.prepare();
    const topic = bus.topics.of('a-0');
    const event = {
      ...(log.all()[0] as RecordedEvent),
      stream: 'a-0',
      position: 1_000_000n,
      id: 'b7ad6b71-6920-5331-9f0e-0123456789ab',
    };
    const message = (changes: Partial<RecordedEvent> = {}): Message => encodeEvent({ ...event, ...changes }, 'x');
    const projections = [tolerant()];
    desk.relay(bus, log);
    await desk.projector(bus, projections, { unreadable: 'dead-letter' });
    await desk.applied(log.head);
    const bad: Message[] = [
      { key: 'a-0', value: 'garbage' },
      { ...message(), value: '{"name":' },
      { ...message(), value: null },
      message({ metadata: { ...event.metadata, schemaVersion: 9 } }),
      message({ id: (log.all()[0] as RecordedEvent).id }),
      { ...message(), value: Buffer.alloc(1_600_000, 32) },
      { ...message(), headers: { ...message().headers, ce_position: 'far' } },
      { ...message(), headers: { ...message().headers, ce_id: ['one', 'two'] } },
    ];
    await produce(bus, topic, bad);
    await produce(bus, bus.topics.checkpoints, [{ key: 'relay', value: 'far' }]);
    const letters = lettersOf(bus, projections);
    await desk.until('all are laid aside', async () => (await letters.list()).length === bad.length + 1);
    expect((await letters.list()).filter((each) => each.topic === topic).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('no header ce_specversion'),
      expect.stringContaining('value is no JSON'),
      expect.stringContaining('no value'),
      expect.stringContaining('schema version 9'),
      expect.stringContaining('was read before'),
      expect.stringContaining('a message may hold'),
      expect.stringContaining('ce_position is "far"'),
      expect.stringContaining('comes 2 times'),
    ]);
    const { position } = log.append(counted('behind', 1), 'a-0');
    await desk.applied(position);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    await letters.close();
  });

  it('that was damaged takes its place again once it is repaired, but not twice', async () => {
    const log = countedLog(30, 1);
    const events = log.all();
    const bus = desk.newBus({ partitions: 1, categories: [] });
    await bus.prepare();
    const projections = [tolerant()];
    const damaged = 10;
    const message = (event: RecordedEvent): Message => encodeEvent(event, 'x');
    const garbled = (event: RecordedEvent): Message => ({
      ...message(event),
      headers: { ...message(event).headers, ce_position: '?' },
    });
    await produce(bus, bus.topics.other, events.slice(0, damaged).map(message));
    await produce(bus, bus.topics.other, [garbled(events[damaged] as RecordedEvent)]);
    await produce(bus, bus.topics.other, events.slice(damaged + 1, 20).map(message));
    // A damaged repeat of an event that is there.
    await produce(bus, bus.topics.other, [garbled(events[5] as RecordedEvent)]);
    const projector = await desk.projector(bus, projections, { unreadable: 'dead-letter' });
    const letters = lettersOf(bus, projections);
    await desk.until('all that there is is read', async () => (await letters.list()).length === 2);
    const last = (await letters.list()).at(-1)?.id ?? '';
    await letters.correct(last, { headers: { ce_position: String(events[5]?.position) } }, BY);
    await expect(letters.replay(last, BY)).rejects.toMatchObject({ code: 'dead-letter-too-early' });
    await produce(bus, bus.topics.other, events.slice(20).map(message));
    await desk.until('the rest is applied', () => projector.status.applied === 29);
    const [missing = '', repeat = ''] = (await letters.list()).map(({ id }) => id);
    await expect(letters.replay(missing, BY)).rejects.toMatchObject({ code: 'dead-letter-unreadable' });
    await expect(letters.correct(missing, { data: {} }, BY)).rejects.toMatchObject({ code: 'dead-letter-unreadable' });
    await letters.correct(missing, { headers: { ce_position: String(events[damaged]?.position) } }, BY);
    await expect(letters.replay(repeat, BY)).rejects.toMatchObject({ code: 'dead-letter-misplaced' });
    await letters.handle(repeat, BY);
    await letters.replay(missing, BY);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect((await letters.list(['open', 'corrected'])).length).toBe(0);
    await letters.close();
  });
});

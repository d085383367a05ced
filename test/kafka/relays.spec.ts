import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaBus } from '@provident/event-bus';
import { decodeCheckpoint } from '@provident/event-bus/relay-checkpoint';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { RelayTerm } from '@provident/event-bus/relay-term';
import type { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { tally } from '@provident/projections/testing/tally';
import { Random } from '../../deploy/sample/random.js';
import { appendCounted, countedLog, SlowSource } from '../support/counted-log.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { topicContents } from '../support/topic-contents.js';

/** What a reader of each partition applies who passes over everything not greater than the last: in order, all of it. */
async function appliedByReaders(bus: KafkaBus): Promise<{ positions: bigint[]; messages: number }> {
  const positions: bigint[] = [];
  let messages = 0;
  for (const partition of (await topicContents(bus, bus.topics.events)).values()) {
    let last = -1n;
    for (const { headers } of partition) {
      messages += 1;
      const position = BigInt(String(headers?.['ce_position']));
      if (position <= last) continue;
      last = position;
      positions.push(position);
    }
  }
  return { positions: positions.sort((one, other) => (one < other ? -1 : 1)), messages };
}

const positionsOf = (log: SyntheticLog) => log.all().map(({ position }) => position);

describeWithKafka('several relays', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  it('lead one at a time; the next goes on where the last stopped', async () => {
    const log = countedLog(1_000);
    const bus = desk.newBus();
    const relays = [desk.relay(bus, log), desk.relay(bus, log)];
    const leaders = () => relays.filter(({ status }) => status.state === 'leading');
    await desk.until('one leads and has sent all', () => leaders()[0]?.status.position === log.head);
    expect(leaders()).toHaveLength(1);
    const [first] = leaders();
    await first?.stop();
    for (let place = 1_000; place < 1_500; place += 1) appendCounted(log, place);
    await desk.until('the other has sent the rest', () => leaders()[0]?.status.position === log.head);
    expect(leaders()).not.toContain(first);
    const { positions, messages } = await appliedByReaders(bus);
    expect(positions).toEqual(positionsOf(log));
    // It was stopped in order: the other repeated nothing.
    expect(messages).toBe(1_500);
  });

  it('racing each other, killed and started at random moments, leave no gap and no figure changed', async () => {
    const seed = String(Math.floor(Date.now() / 86_400_000));
    const random = new Random(`racing relays ${seed}`);
    const log = countedLog(4_000);
    const bus = desk.newBus();
    await bus.prepare();
    const projections = [tally()];
    await desk.projector(bus, projections);
    const told = async () => {
      const contents = await topicContents(bus, [bus.topics.checkpoints]);
      return contents.get(`${bus.topics.checkpoints}/0`)?.map(({ value }) => decodeCheckpoint(value)) ?? [];
    };
    // Two at least send at any time, each as if it alone led; none hears that it was ended before its batch is through.
    const oneAfterAnother = async (): Promise<void> => {
      for (let life = 0; life < 6; life += 1) {
        const checkpoints = await told();
        const source = new SlowSource(log, 1 + random.below(120), () => sleep(random.below(4)));
        const from = checkpoints.at(-1);
        const term = new RelayTerm(
          {
            ...{ bus, source, clock: { now: () => new Date() }, onProgress: () => undefined },
            onTrouble: (error) => desk.troubles.push(error),
          },
          ...(from === undefined ? [] : [from]),
        );
        await term.run(AbortSignal.timeout(300 + random.below(700)));
      }
    };
    await Promise.all([oneAfterAnother(), oneAfterAnother()]);
    desk.relay(bus, log);
    await desk.applied(log.head);
    const { positions, messages } = await appliedByReaders(bus);
    expect(positions).toEqual(positionsOf(log));
    expect(messages).toBeGreaterThan(4_000); // They did race; otherwise this proved nothing.
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    // Every word of theirs is true: what it speaks of lies below the offsets that it names.
    const contents = await topicContents(bus, bus.topics.events);
    for (const { position, offsets } of await told()) {
      const below = new Set<bigint>();
      for (const [place, partition] of contents) {
        const [topic = '', number = ''] = place.split('/');
        const end = offsets[topic]?.[Number(number)] ?? 0n;
        for (const { headers, offset } of partition) {
          if (BigInt(offset) < end) below.add(BigInt(String(headers?.['ce_position'])));
        }
      }
      expect(positionsOf(log).filter((each) => each <= position && !below.has(each))).toEqual([]);
    }
  });

  it('send everything again when the brokers hold less than they confirmed, and readers begin again', async () => {
    const log = countedLog(300);
    const bus = desk.newBus();
    const projections = [tally()];
    const relay = desk.relay(bus, log);
    const projector = await desk.projector(bus, projections);
    await desk.applied(log.head);
    await Promise.all([relay.stop(), projector.stop()]);
    appendCounted(log, 300);
    const [topic = ''] = bus.topics.events;
    await bus.administer((admin) => admin.deleteTopics({ topics: [topic] }));
    const again = desk.relay(bus, log);
    await desk.until('all is sent again', () => again.status.position === log.head && again.status.sent >= 301);
    await again.stop();
    expect(desk.troubles).toContainEqual(expect.objectContaining({ name: 'RelayedEventsLost' }));
    expect((await appliedByReaders(bus)).positions).toEqual(positionsOf(log));
    // The topic is shorter now than what was read of it.
    await bus.administer((admin) => admin.deleteTopics({ topics: [topic] }));
    await bus.prepare();
    desk.relay(bus, log);
    await desk.projector(bus, projections);
    for (let place = 301; place < 330; place += 1) appendCounted(log, place);
    await desk.until('what is new is applied', async () => {
      const { events } = await appliedUpTo(desk.database.pool, 'provident');
      return events === 330n;
    });
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
  });

  it('stop at an event that no message can hold, and at categories that would move streams', async () => {
    const log = countedLog(10);
    const huge = log.append({ type: 'Counted', data: { name: 'x'.repeat(2_000_000), amount: 1 } }, 'a-1');
    const bus = desk.newBus();
    const relay = desk.relay(bus, log);
    await desk.until('it has failed', () => relay.status.state === 'failed');
    // What precedes it is sent, and told of.
    expect(relay.status.position).toBeLessThan(huge.position);
    expect(relay.status.sent).toBe(10);
    expect(relay.status.error).toMatchObject({ name: 'EventTooLarge' });
    const narrower = desk.bus({ area: bus.topics.area, categories: ['a', 'b', 'c'] });
    const other = desk.relay(narrower, countedLog(10));
    await desk.until('it has failed', () => other.status.state === 'failed');
    expect(other.status.error).toMatchObject({ code: 'bus-categories-differ' });
  });
});

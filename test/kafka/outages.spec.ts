import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSource } from '@provident/event-store/event-source';
import { tally } from '@provident/projections/testing/tally';
import { appendCounted, countedLog, SlowSource } from '../support/counted-log.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';

/** How long something is away, besides the time that it takes to start. */
const AWAY_MS = 3_000;

describeWithKafka('what is away is waited for', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  it('Kafka, killed under load and gone for a while: nothing is lost or doubled', async () => {
    const log = countedLog(2_000);
    const bus = desk.newBus();
    const projections = [tally()];
    const relay = desk.relay(bus, new SlowSource(log, 40, () => sleep(2)));
    const projector = await desk.projector(bus, projections);
    await desk.until('half is sent', () => relay.status.sent > 500);
    await desk.kafka.broker.kill();
    for (let place = 2_000; place < 3_000; place += 1) appendCounted(log, place);
    await sleep(AWAY_MS);
    expect(relay.status.error).toBeDefined(); // It says what it waits for.
    await desk.kafka.broker.start();
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(relay.status).toMatchObject({ position: log.head, error: undefined });
    expect(projector.status.applied).toBe(3_000);
  });

  it('PostgreSQL, killed under load: what it lost it is given again', async () => {
    const log = countedLog(3_000);
    const bus = desk.newBus();
    const projections = [tally()];
    desk.relay(bus, new SlowSource(log, 100, () => sleep(5)));
    const projector = await desk.projector(bus, projections);
    await desk.until('some is applied', () => projector.status.applied > 500);
    desk.database.kill();
    await sleep(AWAY_MS);
    expect(projector.status.partitions.some(({ state }) => state === 'waiting')).toBe(true);
    await desk.database.startAgain();
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(projector.status.partitions.map(({ state }) => state)).not.toContain('stopped');
  });

  it('Kafka and PostgreSQL, away when everything starts', async () => {
    const log = countedLog(200);
    const bus = desk.newBus();
    const projections = [tally()];
    await desk.kafka.broker.stop();
    desk.database.kill();
    const relay = desk.relay(bus, log);
    const projector = desk.projector(bus, projections);
    await desk.until('both say what they wait for', () => relay.status.error !== undefined && desk.troubles.length > 1);
    await desk.database.startAgain();
    await projector;
    await desk.kafka.broker.start();
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
  });

  it('the event store: the relay goes on where it was', async () => {
    const log = countedLog(500);
    let readings = 0;
    const failing: EventSource = {
      async *batches(options) {
        readings += 1;
        let batches = 0;
        for await (const batch of log.batches({ ...options, maxBatch: 50 })) {
          yield batch;
          batches += 1;
          if (batches === 3) throw new Error('the event store is away');
        }
      },
    };
    const bus = desk.newBus();
    const relay = desk.relay(bus, failing);
    await desk.until('all is sent', () => relay.status.position === log.head);
    expect(readings).toBeGreaterThan(3);
    expect(relay.status.sent).toBe(500);
    expect(desk.troubles).toContainEqual(new Error('the event store is away'));
  });
});

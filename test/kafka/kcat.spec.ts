import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { traceparentOf } from '@provident/event-bus/traceparent';
import { countedLog } from '../support/counted-log.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';

interface KcatMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly payload: string;
  readonly headers: readonly string[];
}

const hasKcat = spawnSync('kcat', ['-V'], { stdio: 'ignore' }).status === 0;

describeWithKafka("another program's view of the topics", () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());

  it('shows kcat every event with headers, key and value as documented', async () => {
    if (!hasKcat) {
      if (process.env['CI'] === 'true') throw new Error('kcat is missing here.');
      console.warn('NOT RUN: kcat is missing here (Debian: apt-get install kcat).');
      return;
    }
    const log = countedLog(90);
    const bus = desk.newBus();
    const relay = desk.relay(bus, log);
    await desk.until('all is sent', () => relay.status.position === log.head);
    const read: KcatMessage[] = [];
    for (const topic of bus.topics.events) {
      const args = ['-C', '-b', desk.kafka.broker.address, '-t', topic, '-e', '-q', '-J'];
      const { stdout } = await promisify(execFile)('kcat', args, { timeout: 60_000 });
      read.push(...stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as KcatMessage])));
    }
    expect(read).toHaveLength(90);
    const byPosition = new Map(read.map((message) => [headersOf(message)['ce_position'], message]));
    for (const event of log.all()) {
      const message = byPosition.get(String(event.position));
      expect(message?.topic).toBe(bus.topics.of(event.stream));
      expect(message?.key).toBe(event.stream);
      expect(JSON.parse(message?.payload ?? '')).toEqual(event.data);
      expect(message && headersOf(message)).toEqual({
        ce_specversion: '1.0',
        ce_id: event.id,
        ce_type: event.type,
        ce_source: `/provident/${bus.topics.area}`,
        ce_time: event.recordedAt.toISOString(),
        ce_subject: event.stream,
        'content-type': 'application/json',
        ce_revision: String(event.revision),
        ce_position: String(event.position),
        ce_schemaversion: '1',
        ce_metadata: JSON.stringify(event.metadata),
        ce_traceparent: traceparentOf(event.metadata.correlationId, event.id),
      });
    }
  });
});

/** kcat lists names and values in turns. */
function headersOf({ headers }: KcatMessage): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  return Object.fromEntries(pairs);
}

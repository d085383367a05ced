import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaAvailable } from '../../deploy/kafka/kafka-available.js';
import { LocalBroker } from '../../deploy/kafka/local-broker.js';

/** Generous: a test fails by what it finds, not by a slow machine. */
const TEST_LIMIT_MS = 300_000;

/** A broker in a folder of its own that goes away with it. */
export interface TestBroker {
  readonly broker: LocalBroker;
  readonly folder: string;
  remove(): Promise<void>;
}

export async function startTestBroker(): Promise<TestBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'provident-kafka-'));
  const broker = await LocalBroker.start({ folder: join(folder, 'broker') });
  return {
    broker,
    folder,
    async remove() {
      await broker.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/**
 * A suite that needs Kafka, which needs Java and Maven. Where they are missing it says so and proves nothing; on a build
 * server (`CI=true`) it fails, because there it must prove something.
 */
export function describeWithKafka(name: string, suite: () => void): void {
  const found = kafkaAvailable();
  if (found.available) {
    jest.setTimeout(TEST_LIMIT_MS);
    describe(name, suite);
    return;
  }
  const text = `NOT RUN: "${name}" needs ${found.missing}, missing here.`;
  it(text, () => {
    if (process.env['CI'] === 'true') throw new Error(text);
    console.warn(text);
  });
}

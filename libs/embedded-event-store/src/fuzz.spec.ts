import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { persistentMessages } from './protocol/persistent-requests.js';
import { messages } from './protocol/requests.js';
import { persistentDefinition } from './services/persistent-service.js';
import { streamsDefinition } from './services/streams-service.js';
import { FuzzClient } from './testing/fuzz-client.js';
import { anyStream, happened, revisions, startTestStore, type TestStore } from './testing/test-store.js';

/** How many messages are sent; the full run is FUZZ_MESSAGES=1000000. */
const count = Number(process.env['FUZZ_MESSAGES'] ?? 600);
const ATONCE = 25;

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

const streamIdentifier = { streamName: Buffer.from('fuzzed-stream') };
const event = {
  id: { string: randomUUID() },
  metadata: { type: 'Fuzzed', 'content-type': 'application/json' },
  data: Buffer.from('{"amount":"1.00"}'),
};
/** A sound message of each method, from which broken ones are made. */
const samples: readonly (readonly [ServiceDefinition, string, Buffer])[] = [
  [streamsDefinition, 'read', messages.read.encode({ options: { stream: { streamIdentifier, start: {} }, count: 5 } })],
  [streamsDefinition, 'append', messages.append.encode({ options: { streamIdentifier, any: {} } })],
  [
    streamsDefinition,
    'batchAppend',
    messages.batch.encode({
      correlationId: { string: randomUUID() },
      options: { streamIdentifier, any: {} },
      proposedMessages: [event],
      isFinal: true,
    }),
  ],
  [streamsDefinition, 'delete', messages.delete.encode({ options: { streamIdentifier, any: {} } })],
  [persistentDefinition, 'create', persistentMessages.create.encode({ options: { groupName: 'g', streamIdentifier } })],
  [persistentDefinition, 'read', persistentMessages.read.encode({ options: { groupName: 'g', streamIdentifier } })],
  [persistentDefinition, 'getInfo', persistentMessages.info.encode({ options: { groupName: 'g', streamIdentifier } })],
];

/** Noise, a sound message with some bytes changed, or one cut short. */
function broken(sample: Buffer): Buffer {
  const kind = randomInt(4);
  if (kind === 0) return randomBytes(randomInt(200));
  if (kind === 1) return sample.subarray(0, randomInt(sample.length));
  const bytes = Buffer.from(sample);
  for (let changes = randomInt(1, 4); changes > 0; changes -= 1) bytes[randomInt(bytes.length)] = randomInt(256);
  return bytes;
}

test('broken messages end each call with a code and leave the server well', async () => {
  const fuzz = new FuzzClient(store.server.port);
  const codes = new Map<number, number>();
  for (let sent = 0; sent < count; sent += ATONCE) {
    const calls = Array.from({ length: ATONCE }, () => {
      const sample = samples[randomInt(samples.length)];
      if (!sample) throw new Error('no sample');
      const [definition, method, message] = sample;
      return fuzz.send(definition, method, broken(message));
    });
    for (const code of await Promise.all(calls)) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  fuzz.close();
  expect([...codes.keys()].every((code) => code >= 0 && code <= 16)).toBe(true);
  // UNAVAILABLE would mean that the connection broke under the other calls.
  expect(codes.get(14) ?? 0).toBe(0);
  await expectWell();
});

test('bytes that are no HTTP/2 at all end their connection only', async () => {
  for (let round = 0; round < 20; round += 1) {
    const socket = connect(store.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const preface = round % 2 === 0 ? 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' : '';
    socket.write(Buffer.concat([Buffer.from(preface), randomBytes(500)]));
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
  }
  await expectWell();
});

async function expectWell(): Promise<void> {
  const stream = anyStream();
  await store.client.appendToStream(stream, happened(3));
  expect(await revisions(store.client, stream)).toEqual([0n, 1n, 2n]);
}

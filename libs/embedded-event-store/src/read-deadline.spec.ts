import { type ClientHttp2Session, connect } from 'node:http2';
import { messages } from './protocol/requests.js';
import { anyStream, happened, startTestStore, type TestStore } from './testing/test-store.js';

let store: TestStore;
let session: ClientHttp2Session;
beforeAll(async () => {
  store = await startTestStore();
  session = connect(`http://127.0.0.1:${store.server.port}`);
  for (let batch = 0; batch < 20; batch += 1) await store.client.appendToStream(anyStream(), happened(500));
});
afterAll(async () => {
  session.destroy();
  await store.stop();
});

/** The gRPC code that a read of the whole log ends with; undefined when the server says none. */
function readAll(timeoutMs: number): Promise<number | undefined> {
  const body = messages.read.encode({ options: READ_ALL });
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return new Promise((resolve) => {
    const call = session.request({
      ':method': 'POST',
      ':path': '/event_store.client.streams.Streams/Read',
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': `${timeoutMs}m`,
    });
    let code: number | undefined;
    const note = (headers: Record<string, unknown>): void => {
      if (headers['grpc-status'] !== undefined) code = Number(headers['grpc-status']);
    };
    call.on('response', note).on('trailers', note);
    call.on('error', () => undefined).on('data', () => undefined);
    call.on('close', () => resolve(code));
    call.end(Buffer.concat([head, body]));
  });
}

const READ_ALL = {
  all: { start: {} },
  readDirection: 0,
  count: Number.MAX_SAFE_INTEGER,
  noFilter: {},
  uuidOption: { string: {} },
};

test('a read whose deadline comes while it is being answered ends with the code for that', async () => {
  const codes = new Set<number | undefined>();
  for (let timeoutMs = 1; timeoutMs <= 60; timeoutMs += 1) codes.add(await readAll(timeoutMs));
  expect([...codes].filter((code) => code !== 0 && code !== 4)).toEqual([]);
  expect(codes).toContain(4);
});

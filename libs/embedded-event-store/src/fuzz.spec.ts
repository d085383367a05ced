import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzServer } from './testing/fuzz/fuzz-server.js';
import { startServerProcess } from './testing/server-process.js';

/** How many messages are sent; `npm run campaign -- eventstore-fuzz` sends many more. */
const messages = Number(process.env['FUZZ_MESSAGES'] ?? 6_000);

test('broken messages and no HTTP/2 at all end in a code each, and leave the server well', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const server = await startServerProcess({ args: ['--port', '0', '--data', dir] });
  try {
    const report = await fuzzServer(server, { messages, seed: Date.now() % 1_000_000 });
    expect(report.messages).toBeGreaterThanOrEqual(messages);
    // Sound messages succeed, broken ones are told so: INVALID_ARGUMENT or INTERNAL, by who noticed.
    expect(report.endings.get('code 0')).toBeGreaterThan(0);
    expect(report.endings.get('code 3')).toBeGreaterThan(0);
    expect(await server.terminate()).toBe(0);
  } finally {
    await server.kill();
    rmSync(dir, { recursive: true });
  }
}, 3_600_000);

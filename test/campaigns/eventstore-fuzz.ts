import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzServer, said } from '@provident/embedded-event-store/testing/fuzz/fuzz-server';
import { startServerProcess } from '@provident/embedded-event-store/testing/server-process';

const TELL_EVERY = 50_000;

/** Broken messages against an event store in a process of its own. Fails when it dies, hangs, grows or stops serving. */
export async function eventstoreFuzz({ messages, seed }: { messages: number; seed: number }): Promise<void> {
  console.log(`eventstore-fuzz: ${messages} messages, seed ${seed}`);
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  const server = await startServerProcess({ args: ['--port', '0', '--data', dir] });
  let told = 0;
  try {
    const report = await fuzzServer(server, {
      messages,
      seed,
      onProgress: (soFar) => {
        if (soFar.messages < told + TELL_EVERY) return;
        told = soFar.messages;
        console.log(`${seconds()}: ${said(soFar)}`);
      },
    });
    const code = await server.terminate();
    if (code !== 0) throw new Error(`The server ended with code ${code ?? 'none'}.`);
    console.log(`eventstore-fuzz: ${said(report)} in ${seconds()}; a good client was served to the end.`);
  } finally {
    await server.kill();
    rmSync(dir, { recursive: true });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killServer, type KillReport } from '@provident/embedded-event-store/testing/kill/kill-server';

const TELL_EVERY = 10;

/** Kills an event store under load. Fails when anything acknowledged is lost or moved, or a consumer is owed a message. */
export async function eventstoreKill({ cycles, seed }: { cycles: number; seed: number }): Promise<void> {
  console.log(`eventstore-kill: ${cycles} kills, seed ${seed}`);
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
  const said = ({ kills, acknowledged, events, delivered, redelivered }: KillReport): string =>
    `${kills} kills, ${acknowledged} appends acknowledged, ${events} events, ` +
    `${delivered} messages delivered (${redelivered} of them again)`;
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  try {
    const onProgress = (report: KillReport): void => {
      if (report.kills % TELL_EVERY === 0) console.log(`${seconds()}: ${said(report)}`);
    };
    const report = await killServer({ dir, cycles, seed, onProgress });
    console.log(
      `eventstore-kill: ${said(report)} in ${seconds()}: nothing lost, nothing doubled, nothing half written.`,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}

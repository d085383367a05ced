import { configFrom, Ledger } from '@provident/assembly';
import { NestFactory } from '@nestjs/core';
import { printJson } from './print-json.js';
import { tellRefusal } from './tell-refusal.js';

export { printJson };

/**
 * Opens the ledger for one command: joins the office that runs on this machine, or starts the embedded parts. A refusal is
 * told with its rule and what to do, and makes the exit code 1.
 */
export async function withLedger(options: { json?: boolean }, work: (ledger: Ledger) => Promise<void>): Promise<void> {
  const ledger = await Ledger.open({
    config: configFrom(process.env),
    clock: { now: () => new Date() },
    create: (module) => NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] }),
    onFailure: (error) => console.error(error.message),
  });
  try {
    await work(ledger);
  } catch (error) {
    tellRefusal(error, options);
  } finally {
    await ledger.close();
  }
}

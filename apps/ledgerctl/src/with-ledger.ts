import { configFrom, Ledger } from '@provident/assembly';
import { DomainError } from '@provident/kernel';
import { NestFactory } from '@nestjs/core';
import { printJson } from './print-json.js';

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
    if (!(error instanceof DomainError)) throw error;
    const { code, message, rule, remedy, details } = error;
    if (options.json === true) printJson({ code, message, rule, remedy, details });
    else console.error(`${message}\n  Rule: ${rule}\n  To do: ${remedy}`);
    process.exitCode = 1;
  } finally {
    await ledger.close();
  }
}

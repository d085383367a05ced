import { type Config, Ledger } from '@provident/assembly';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApplication } from './http-application.js';
import { printResult } from './print-result.js';
import { accountsText, openSampleAccounts } from './sample-accounts.js';
import { runSampleYear } from './sample-year.js';

/** Starts the office, brings the sample year in if it is not there, prints what came out, and stays up unless told not to. */
export async function runOffice(config: Config, options: { once: boolean }): Promise<void> {
  const ledger = await Ledger.open({
    config,
    clock: { now: () => new Date() },
    create: createHttpApplication,
    onFailure(error) {
      console.error(error.message);
      process.exit(1);
    },
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= ledger.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  try {
    const story = await runSampleYear(ledger);
    await printResult(ledger, story);
    // Whose rights follow from the sample's data only where that data is.
    if (config.area === story.area) console.log(`\n${accountsText(await openSampleAccounts(ledger, story))}`);
  } catch (error) {
    await close();
    throw error;
  }
  if (options.once || closing !== undefined) return close();
  const app = ledger.app as NestFastifyApplication;
  await app.listen({ port: config.httpPort, host: '127.0.0.1' });
  const url = await app.getUrl();
  console.log(`\nThe office is open: ${url} (portal), ${url}/api (OpenAPI). Ctrl-C closes it.`);
}

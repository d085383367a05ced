import { readOptions, usage } from './command-line.js';
import { startServer } from './server.js';

/** The event store as a program of its own: one line when it is ready, gone on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const server = await startServer(options);
  const stop = (): void => {
    void server.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(`The event store is ready at ${server.url} (${options.dir ?? 'in memory'}).`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exit(1);
});

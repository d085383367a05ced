import { readOptions, usage } from './command-line.js';
import { startServer } from './server.js';

/**
 * The event store as a program of its own: one line when it is ready, gone on SIGTERM or SIGINT with exit code 0. A wrong option,
 * or a log or port that cannot be had, is told with the usage and ends with exit code 1.
 */
export async function serveEventStore(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  try {
    const options = readOptions(args, environment);
    const server = await startServer(options);
    const stop = (): void => {
      void server.stop().then(() => process.exit(0));
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    console.log(`The event store is ready at ${server.url} (${options.dir ?? 'in memory'}).`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(usage);
    process.exit(1);
  }
}

import { join } from 'node:path';
import { configFrom } from '@provident/assembly';
import { table } from '@provident/terminal';
import { Command, InvalidArgumentError } from 'commander';
import { kafkaAvailable } from '../kafka/kafka-available.js';
import { runSample } from './sample-run.js';
import { Services } from './services.js';

interface Options {
  readonly sample: boolean;
  readonly once: boolean;
  readonly months: number;
  readonly counters: number;
  readonly projectors: number;
  readonly logLevel: string;
}

const count =
  (most: number) =>
  (text: string): number => {
    if (!/^[1-9]\d?$/.test(text) || Number(text) > most) {
      throw new InvalidArgumentError(`Write a whole number from 1 to ${most}.`);
    }
    return Number(text);
  };

// `npm run services`: every process of Provident on this machine, with an event store, PostgreSQL and Kafka of its own.
new Command('services')
  .description('run counter, relay, projector, enquiry and supervisor as processes of their own, until Ctrl-C')
  .option('--sample', 'tell the sample year through them, and compare the figures with a single process', false)
  .option('--once', 'stop after that', false)
  .option('--months <n>', 'months of the sample', count(12), 12)
  .option('--counters <n>', 'copies of the counter', count(8), 1)
  .option('--projectors <n>', 'copies of the projector', count(8), 1)
  .option('--log-level <level>', 'what the services log: trace, debug, info, warn or error', 'warn')
  .showHelpAfterError()
  .action(run)
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });

async function run({ sample, once, months, counters, projectors, logLevel }: Options): Promise<void> {
  const kafka = kafkaAvailable();
  if (!kafka.available) {
    console.error(
      `The services need Kafka, and Kafka needs ${kafka.missing}, which this machine lacks.\n` +
        'Install them (on Debian: apt install openjdk-17-jre-headless maven), or run everything in one process: npm start.',
    );
    process.exitCode = 1;
    return;
  }
  const config = configFrom(process.env);
  const say = (text: string): void => console.log(text);
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
  say('Starting an event store, PostgreSQL, Kafka and the services …');
  const services = await Services.start({
    folder: join(config.dataFolder, 'services'),
    area: config.area,
    ...{ counters, projectors, say },
    variables: { LOG_LEVEL: process.env['LOG_LEVEL'] ?? logLevel },
    onGiveUp: () => end(1),
  });
  try {
    say(`\n${addressesText(services)}\n`);
    const work = sample ? runSample(services, months, say).then((same) => (same ? 0 : 1)) : Promise.resolve(0);
    // A Ctrl-C in the middle of the sample ends it.
    const code = await Promise.race([work, ended]);
    if (once || code !== 0) process.exitCode = code;
    else process.exitCode = await (say('\nThe services run. Ctrl-C stops them.'), ended);
  } finally {
    say('Stopping …');
    await services.stop();
  }
}

function addressesText({ parts }: Services): string {
  const rows = parts.map(({ name, address }) => [
    name,
    address,
    /^(counter|enquiry|supervisor)/.test(name) ? `${address}/api (OpenAPI)` : '',
  ]);
  return table([{ title: 'part' }, { title: 'address' }, { title: 'for people' }], rows);
}

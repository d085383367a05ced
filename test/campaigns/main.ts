import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { eventstoreFuzz } from './eventstore-fuzz.js';
import { eventstoreKill } from './eventstore-kill.js';
import { eventstoreModel } from './eventstore-model.js';
import { runDuplicatingRelay } from './duplicating-relay.js';
import { killImport } from './kill-import.js';
import { killServices } from './kill-services.js';
import { checkProperties } from './properties.js';
import { keepOpen, runStory } from './run-story.js';
import { supervisionMutations } from './supervision-mutations.js';

const count = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number above zero.');
  return Number(text);
};
const anySeed = String(Date.now() % 1_000_000);

// `npm run campaign -- NAME`: proofs that take longer than a test should. Each prints its seed; the same seed repeats it.
const root = new Command('campaign').showHelpAfterError();
root
  .command('kill-import')
  .description('kill the whole process at random moments of the sample year, go on, and examine what came of it')
  .option('--cycles <n>', 'kills', count, 20)
  .option('--months <n>', 'months of the story', count, 12)
  .option('--seed <text>', 'moments are the same for the same seed', anySeed)
  .action(killImport);
root
  .command('properties')
  .description('random commands through the real deciders: books balance, and answers equal a naive fold of the log')
  .option('--cycles <n>', 'sequences of commands', count, 2_000)
  .option('--seed <n>', 'sequences are the same for the same seed', count, Number(anySeed))
  .action(checkProperties);
root
  .command('supervision-mutations')
  .description('a sealed archive, changed in every way: each change is found, and its place is named')
  .option('--changes <n>', 'changes', count, 2_100)
  .option('--seed <n>', 'changes are the same for the same seed', count, Number(anySeed))
  .action(supervisionMutations);
root
  .command('eventstore-model')
  .description('random histories through the official client: the embedded event store answers as its model does')
  .option('--runs <n>', 'histories', count, 10_000)
  .option('--seed <n>', 'histories are the same for the same seed', count, Number(anySeed))
  .action(eventstoreModel);
root
  .command('eventstore-kill')
  .description('SIGKILL under load, many times on one log: the embedded event store keeps what it acknowledged')
  .option('--cycles <n>', 'kills', count, 200)
  .option('--seed <n>', 'load and moments are drawn from it', count, Number(anySeed))
  .action(eventstoreKill);
root
  .command('eventstore-fuzz')
  .description('broken messages: the embedded event store answers each, stays small and goes on serving')
  .option('--messages <n>', 'messages', count, 1_000_000)
  .option('--seed <n>', 'messages are the same for the same seed, their order is not', count, Number(anySeed))
  .action(eventstoreFuzz);
root
  .command('kill-services')
  .description(
    'the separate processes, killed, frozen and doubled under load: the figures of a single process come out',
  )
  .option('--cycles <n>', 'faults', count, 100)
  .option('--months <n>', 'months of the story that is told meanwhile', count, 12)
  .option('--away-seconds <n>', 'how long Kafka is away when it is', count, 60)
  .option('--seed <text>', 'faults and moments are the same for the same seed', anySeed)
  .action(killServices);
root
  .command('duplicating-relay')
  .description('the second relay of kill-services, which delivers everything one to five times')
  .action(runDuplicatingRelay);
root
  .command('run-story')
  .description('the process that kill-import kills')
  .argument('<folder>', 'data folder')
  .option('--months <n>', 'months of the story', count, 12)
  .action((folder: string, { months }: { months: number }) => runStory(folder, months));

root
  .command('open')
  .description('keep a ledger open on a data folder until SIGTERM, for programs that join it')
  .argument('<folder>', 'data folder')
  .action(keepOpen);

root.parseAsync(process.argv).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
});

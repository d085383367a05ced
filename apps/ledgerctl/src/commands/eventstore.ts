import { commandNeeds } from '@provident/access/guard/command-permissions';
import { join } from 'node:path';
import { configFrom } from '@provident/assembly';
import { backupLog, checkLog, eventStoreUsage, logInfo, serveEventStore } from '@provident/embedded-event-store';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { printJson } from '../with-ledger.js';

interface EventStoreOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** `ledgerctl eventstore serve`: the embedded event store by itself. `check|info|backup`: its log; a server may be running on it. */
export function eventStoreCommand(): Command {
  const root = new Command('eventstore').description("look after the embedded event store's log");
  root.addCommand(
    action('check', 'read the whole log and compare everything with its checksums').action(
      (options: EventStoreOptions) => print(options, () => checkLog(folder(options))),
    ),
  );
  root.addCommand(
    action('info', 'size, streams and last position of the log').action((options: EventStoreOptions) =>
      print(options, () => logInfo(folder(options))),
    ),
  );
  root.addCommand(
    action('backup', 'copy the log to one new file, as of one moment, and verify the copy')
      .argument('<file>', 'file to write; it must not exist')
      .action((file: string, options: EventStoreOptions) => print(options, () => backupLog(folder(options), file))),
  );
  root.addCommand(
    commandNeeds(new Command('serve'), 'system.run')
      .description('run the embedded event store by itself, until SIGTERM or SIGINT')
      .allowUnknownOption()
      .argument('[options...]', 'the options of `npm run eventstore`, see below')
      .addHelpText('after', `\n${eventStoreUsage}`)
      .action((options: string[]) => serveEventStore(options, process.env)),
  );
  return root;
}

function action(name: string, description: string): Command {
  return commandNeeds(new Command(name), 'system.run')
    .description(description)
    .option('--dir <folder>', "the log's folder; the one below PROVIDENT_DATA when absent")
    .addOption(jsonOption());
}

function folder(options: EventStoreOptions): string {
  return options.dir ?? join(configFrom(process.env).dataFolder, 'events');
}

async function print(options: EventStoreOptions, work: () => object | Promise<object>): Promise<void> {
  const result = await work();
  if (options.json === true) printJson(result);
  else for (const [name, value] of Object.entries(result)) console.log(`${name}: ${String(value)}`);
}

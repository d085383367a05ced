import { commandNeeds } from '@provident/access/guard/command-permissions';
import { StoreClient } from '@provident/event-store';
import { type BusinessDate, dateInChina, type Month } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { StatisticsReleases } from '@provident/statistics';
import { table } from '@provident/terminal';
import { Command } from 'commander';
import { machineActor } from '../machine-actor.js';
import { dateOf, jsonOption, knownAtOption, monthOf, numberOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface PublishOptions {
  readonly month: Month;
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** `ledgerctl release publish|show|rebuild` */
export function releaseCommand(): Command {
  return new Command('release')
    .description('released statistics: published as known at a log position, and computed again from it')
    .addCommand(publishCommand())
    .addCommand(showCommand())
    .addCommand(rebuildCommand());
}

function publishCommand(): Command {
  return commandNeeds(new Command('publish'), 'statistics.publish')
    .description("release a month's statistics")
    .requiredOption('--month <month>', 'YYYY-MM', monthOf)
    .option('--as-of <date>', 'the last day that counts; chosen as by the statistics when absent', dateOf)
    .addOption(knownAtOption())
    .option('--reason <text>', 'why; needed when the month was released before')
    .addOption(jsonOption())
    .action(({ month, asOf, reason, ...options }: PublishOptions) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const actor = machineActor();
        const knownAt = await ledger.get(KnownTimes).positionOf(options.knownAt);
        // Another command once the log has gone on: what is known now may have changed.
        const head = String(await ledger.get(StoreClient).head());
        const parts = ['statistics-release', month, asOf ?? '', String(knownAt), head, reason ?? '', actor];
        const context = ledger.context(actor, dateInChina(new Date()), ...parts);
        const request = { month, asOf, knownAt, reason };
        const { release, position, events } = await ledger.get(StatisticsReleases).release(request, context);
        if (options.json === true) printJson({ release, position, events: events.length });
        else {
          const already = events.length === 0 ? ' It was released already.' : '';
          console.log(`Release ${release.number} of ${month}, as known at position ${release.position}.${already}`);
        }
      }),
    );
}

function showCommand(): Command {
  return commandNeeds(new Command('show'), 'statistics.read')
    .description("a month's releases with their figures")
    .requiredOption('--month <month>', 'YYYY-MM', monthOf)
    .addOption(jsonOption())
    .action((options: { month: Month; json?: boolean }) =>
      withLedger(options, async (ledger) => {
        const releases = await ledger.get(StatisticsReleases).of(options.month);
        if (options.json === true) printJson(releases);
        else if (releases.length === 0) console.log(`No statistics of ${options.month} were released.`);
        else {
          const columns = ['release', 'as of', 'known at', 'figures', 'reason'].map((title) => ({ title }));
          const rows = releases.map(({ number, asOf, position, figures, reason }) => [
            ...[String(number), asOf, position, String(figures.length), reason ?? ''],
          ]);
          console.log(table(columns, rows));
        }
      }),
    );
}

function rebuildCommand(): Command {
  return commandNeeds(new Command('rebuild'), 'statistics.read')
    .description('compute a release again from its log position and compare; ends with 1 when a figure differs')
    .requiredOption('--month <month>', 'YYYY-MM', monthOf)
    .option('--number <number>', 'which release of the month', numberOf, 1)
    .addOption(jsonOption())
    .action((options: { month: Month; number: number; json?: boolean }) =>
      withLedger(options, async (ledger) => {
        const { month, number } = options;
        const rebuilt = await ledger.get(StatisticsReleases).rebuild(month, number);
        const { release, sameDefinitions, differences } = rebuilt;
        if (differences.length > 0) process.exitCode = 1;
        if (options.json === true) {
          printJson(rebuilt);
          return;
        }
        if (!sameDefinitions) console.log('The indicators are defined otherwise than when this was released.');
        if (differences.length === 0) {
          console.log(`Release ${number} of ${month}: all ${release.figures.length} figures come out again.`);
          return;
        }
        const columns = ['indicator', 'of', 'released', 'rebuilt'].map((title) => ({ title }));
        const rows = differences.map((each) => [each.indicator, each.of, each.released ?? '–', each.rebuilt ?? '–']);
        console.log(table(columns, rows));
      }),
    );
}

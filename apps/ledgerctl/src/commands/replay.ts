import { commandNeeds } from '@provident/access/guard/command-permissions';
import { type Ledger, PROJECTIONS } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import { ArchiveSource, type LogPoint, type ReplayReport, runReplay } from '@provident/supervision';
import { Command, Option } from 'commander';
import { jsonOption, logPoint } from '../options.js';
import { Progress } from '../progress.js';
import { replayText } from '../replay-text.js';
import { tellRefusal } from '../tell-refusal.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ReplayOptions {
  readonly from: string;
  readonly to?: LogPoint;
  readonly compare?: 'live';
  readonly database?: string;
  readonly json?: boolean;
}

/** `ledgerctl replay --from live|ARCHIVE [--to POINT] [--compare live]` */
export function replayCommand(): Command {
  return commandNeeds(new Command('replay'), 'supervision.read')
    .description('compute every figure anew from the log, in a database of its own; production is only read')
    .requiredOption('--from <source>', '`live`, or the folder of an archive')
    .option('--to <point>', 'last log position, or last day on which the log took an event', logPoint)
    .addOption(new Option('--compare <whom>', "hold every table against production's").choices(['live']))
    .option('--database <url>', 'postgres:// address for the replay; a server of its own when absent')
    .addOption(jsonOption())
    .action((options: ReplayOptions) =>
      options.from === 'live' || options.compare === 'live'
        ? withLedger(options, (ledger) => replay(options, ledger))
        : replay(options, undefined).catch((error: unknown) => tellRefusal(error, options)),
    );
}

async function replay(options: ReplayOptions, ledger: Ledger | undefined): Promise<void> {
  const { from, to, compare, database, json } = options;
  const archive = from === 'live' ? undefined : await ArchiveSource.open(from);
  const log = ledger?.get(LogReader);
  const source = archive ?? log;
  if (source === undefined) throw new Error('There is no log to replay.');
  await ledger?.settled();
  const live = ledger?.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
  const production = compare === 'live' && log !== undefined && live !== undefined ? { url: live.url, log } : undefined;
  const progress = new Progress('events', json === true);
  const total = archive?.manifest.range.events;
  const report = await runReplay({
    ...{ source, projections: PROJECTIONS, to, production, databaseUrl: database },
    onProgress: ({ events, eventsPerSecond }) => progress.at(Number(events), total, `${eventsPerSecond}/s`),
  });
  progress.end();
  if (report.comparison?.same === false) process.exitCode = 1;
  if (json === true) printJson(machineForm(report));
  else console.log(replayText(report));
}

function machineForm({ digest, eventsPerSecond, comparison }: ReplayReport): object {
  return { ...digest, eventsPerSecond, ...(comparison === undefined ? {} : { comparison }) };
}

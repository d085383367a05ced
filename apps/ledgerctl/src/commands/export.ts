import { commandNeeds } from '@provident/access/guard/command-permissions';
import { publishedSchemas } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import { exportArchive, type LogPoint } from '@provident/supervision';
import { Command } from 'commander';
import { jsonOption, logPoint } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ExportOptions {
  readonly from?: LogPoint;
  readonly to?: LogPoint;
  readonly json?: boolean;
}

/** `ledgerctl export FOLDER [--from POINT] [--to POINT]` */
export function exportCommand(): Command {
  return commandNeeds(new Command('export'), 'supervision.read')
    .description('a sealed archive of the log: Parquet files that DuckDB and pandas read, leaf hashes, and a manifest')
    .argument('<folder>', 'folder to make; it must not exist')
    .option('--from <point>', 'first log position, or first day on which the log took an event', logPoint)
    .option('--to <point>', 'last log position, or last such day', logPoint)
    .addOption(jsonOption())
    .action((folder: string, options: ExportOptions) =>
      withLedger(options, async (ledger) => {
        const progress = new Progress('events', options.json === true);
        const { from, to } = options;
        const manifest = await exportArchive({
          ...{ folder, from, to, source: ledger.get(LogReader), schemaOf: publishedSchemas() },
          onProgress: (events) => progress.at(events),
        });
        progress.end();
        const { range, tree, seal } = manifest;
        if (options.json === true) {
          printJson({ folder, range, tree: { size: tree.size, root: tree.root }, seal });
          return;
        }
        console.log(
          `${range.events} events, positions ${range.firstPosition} to ${range.lastPosition}, in ${folder}\n` +
            `root ${tree.root} over ${tree.size} leaves\nseal ${seal}`,
        );
      }),
    );
}

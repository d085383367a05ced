import { ReadSide } from '@provident/projections';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

/** `ledgerctl rebuild` */
export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description('build every table anew from the log, beside the live ones, and swap')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      withLedger(options, async (ledger) => {
        const progress = new Progress('events', options.json === true);
        const readSide = ledger.get(ReadSide);
        const report = await readSide.rebuild(({ events }) => progress.at(Number(events)));
        progress.end();
        const { tables } = await readSide.digest();
        if (options.json === true) {
          printJson({ ...report, tables });
          return;
        }
        const rate = Math.round((Number(report.events) / report.replayMs) * 1_000);
        console.log(`${report.events} events replayed, ${rate} a second; indexes ${Math.round(report.indexMs)} ms.`);
        for (const { table, rows, sha256 } of tables) console.log(`${sha256}  ${table} (${rows} rows)`);
      }),
    );
}

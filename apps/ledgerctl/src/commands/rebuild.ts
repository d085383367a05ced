import { commandNeeds } from '@provident/access/guard/command-permissions';
import { PROJECTIONS } from '@provident/assembly';
import { rebuildFromKafka } from '@provident/event-bus/rebuild';
import { ReadSide } from '@provident/projections';
import { digest, type TableDigest } from '@provident/projections/digest';
import type { PoisonPolicy } from '@provident/projections/projection';
import { Command, Option } from 'commander';
import { jsonOption } from '../options.js';
import { Progress } from '../progress.js';
import { withBus } from '../with-bus.js';
import { printJson, withLedger } from '../with-ledger.js';

interface RebuildOptions {
  readonly fromKafka?: boolean;
  readonly unreadable: PoisonPolicy;
  readonly json?: boolean;
}

/** `ledgerctl rebuild` */
export function rebuildCommand(): Command {
  return commandNeeds(new Command('rebuild'), 'system.run')
    .description('build every table anew from the log, beside the live ones, and swap')
    .option('--from-kafka', 'out of the topics, where projectors feed the tables; needs KAFKA_BROKERS and DATABASE_URL')
    .addOption(
      new Option('--unreadable <policy>', 'with --from-kafka: what becomes of messages that nobody can read')
        .choices(['stop', 'dead-letter'] satisfies PoisonPolicy[])
        .default('stop'),
    )
    .addOption(jsonOption())
    .action((options: RebuildOptions) => (options.fromKafka === true ? fromKafka(options) : fromLog(options)));
}

function fromLog(options: RebuildOptions): Promise<void> {
  return withLedger(options, async (ledger) => {
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
    printDigests(tables);
  });
}

function fromKafka(options: RebuildOptions): Promise<void> {
  return withBus(options, async ({ bus, pool, clock }) => {
    const progress = new Progress('events', options.json === true);
    const onProgress = (events: number): void => progress.at(events);
    const { unreadable } = options;
    await rebuildFromKafka({ bus, pool, projections: PROJECTIONS, unreadable, clock, onProgress });
    progress.end();
    const { tables } = await digest(pool, PROJECTIONS);
    if (options.json === true) printJson({ tables });
    else printDigests(tables);
  });
}

function printDigests(tables: readonly TableDigest[]): void {
  for (const { table, rows, sha256 } of tables) console.log(`${sha256}  ${table} (${rows} rows)`);
}

import { commandNeeds } from '@provident/access/guard/command-permissions';
import type { BusinessDate } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { Restatements } from '@provident/supervision';
import { restatementText } from '@provident/terminal';
import { Command } from 'commander';
import { dateOf, jsonOption, knownAt, numberOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface RestatementOptions {
  readonly from: string;
  readonly to?: string;
  readonly asOf?: BusinessDate;
  readonly causes: number;
  readonly json?: boolean;
}

/** `ledgerctl restatement --from POSITION|DATE [--to …] [--as-of DATE]` */
export function restatementCommand(): Command {
  return commandNeeds(new Command('restatement'), 'supervision.read')
    .description('figures that are known otherwise than before, each with the events that caused the difference')
    .requiredOption('--from <position|date|time>', 'what was known before', knownAt)
    .option('--to <position|date|time>', 'what is known after; now when absent', knownAt)
    .option('--as-of <date>', 'the last day that counts, on both sides', dateOf)
    .option('--causes <number>', 'most events named for each difference', numberOf, 20)
    .addOption(jsonOption())
    .action((options: RestatementOptions) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const times = ledger.get(KnownTimes);
        const before = (await times.positionOf(options.from)) ?? -1n;
        const after = await times.positionOf(options.to);
        const { asOf, causes: mostCauses } = options;
        const report = await ledger.get(Restatements).report({ before, after, asOf, mostCauses });
        if (options.json === true) printJson(report);
        else console.log(restatementText(report));
      }),
    );
}

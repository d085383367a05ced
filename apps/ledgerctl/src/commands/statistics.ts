import { commandNeeds } from '@provident/access/guard/command-permissions';
import { type BusinessDate, type Month } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { StatisticsQueries } from '@provident/statistics';
import { statisticsText } from '@provident/terminal';
import { Command } from 'commander';
import { dateOf, jsonOption, knownAtOption, monthOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface StatisticsOptions {
  readonly month: Month;
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly json?: boolean;
}

/** `ledgerctl statistics --month YYYY-MM` */
export function statisticsCommand(): Command {
  return commandNeeds(new Command('statistics'), 'statistics.read')
    .description("the month's statistics by fund, with their definitions")
    .requiredOption('--month <month>', 'YYYY-MM', monthOf)
    .option('--as-of <date>', "effective on this day; the month's last day when absent", dateOf)
    .addOption(knownAtOption())
    .addOption(jsonOption())
    .action((options: StatisticsOptions) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const { month, asOf } = options;
        const knownAt = await ledger.get(KnownTimes).positionOf(options.knownAt);
        const statistics = await ledger.get(StatisticsQueries).monthlyStatistics(month, { asOf, knownAt });
        if (options.json === true) printJson(statistics);
        else console.log(statisticsText(statistics));
      }),
    );
}

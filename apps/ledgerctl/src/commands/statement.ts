import type { BusinessDate } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { StatementReader } from '@provident/statements';
import { statementText } from '@provident/terminal';
import { Command } from 'commander';
import { dateOf, jsonOption, knownAtOption, personOf, yearOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface StatementOptions {
  readonly person: string;
  readonly year: number;
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly json?: boolean;
}

/** `ledgerctl statement --person … --year …` */
export function statementCommand(): Command {
  return new Command('statement')
    .description("a person's rights record of a year (个人权益记录单), rebuilt from the person's own events")
    .requiredOption('--person <person>', 'citizen number or person id', personOf)
    .requiredOption('--year <year>', 'calendar year', yearOf)
    .option('--as-of <date>', 'what counts up to this day; all of it when absent', dateOf)
    .addOption(knownAtOption())
    .addOption(jsonOption())
    .action((options: StatementOptions) =>
      withLedger(options, async (ledger) => {
        const { person, year, asOf } = options;
        if (options.knownAt !== undefined) await ledger.settled();
        const knownAt = await ledger.get(KnownTimes).positionOf(options.knownAt);
        const statement = await ledger.get(StatementReader).statement(person, year, { asOf, knownAt });
        if (options.json === true) printJson(statement);
        else console.log(statementText(statement));
      }),
    );
}

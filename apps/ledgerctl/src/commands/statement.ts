import { StatementReader } from '@provident/statements';
import { statementText } from '@provident/terminal';
import { Command } from 'commander';
import { jsonOption, knownAtOption, personOf, yearOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface StatementOptions {
  readonly person: string;
  readonly year: number;
  readonly knownAt?: bigint;
  readonly json?: boolean;
}

/** `ledgerctl statement --person … --year …` */
export function statementCommand(): Command {
  return new Command('statement')
    .description("a person's rights record of a year (个人权益记录单), rebuilt from the person's own events")
    .requiredOption('--person <person>', 'citizen number or person id', personOf)
    .requiredOption('--year <year>', 'calendar year', yearOf)
    .addOption(knownAtOption())
    .addOption(jsonOption())
    .action((options: StatementOptions) =>
      withLedger(options, async (ledger) => {
        const statement = await ledger.get(StatementReader).statement(options.person, options.year, options.knownAt);
        if (options.json === true) printJson(statement);
        else console.log(statementText(statement));
      }),
    );
}

import { commandNeeds } from '@provident/access/guard/command-permissions';
import type { BusinessDate } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { LANGUAGES, type Language, StatementReader, statementPdf } from '@provident/statements';
import { statementText } from '@provident/terminal';
import { Command, Option } from 'commander';
import { writeFile } from 'node:fs/promises';
import { dateOf, jsonOption, knownAtOption, personIn, yearOf } from '../options.js';
import { recordRead } from '../record-read.js';
import { printJson, withLedger } from '../with-ledger.js';

interface StatementOptions {
  readonly person: string;
  readonly year: number;
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly pdf?: string;
  readonly language: Language;
  readonly json?: boolean;
}

/** `ledgerctl statement --person … --year …` */
export function statementCommand(): Command {
  return commandNeeds(new Command('statement'), 'statement.read')
    .description("a person's rights record of a year (个人权益记录单), rebuilt from the person's own events")
    .requiredOption('--person <person>', 'citizen number or person id')
    .requiredOption('--year <year>', 'calendar year', yearOf)
    .option('--as-of <date>', 'what counts up to this day; all of it when absent', dateOf)
    .addOption(knownAtOption())
    .option('--pdf <file>', 'print it into this PDF file')
    .addOption(new Option('--language <language>', 'of the PDF').choices(LANGUAGES).default('zh'))
    .addOption(jsonOption())
    .action((options: StatementOptions) =>
      withLedger(options, async (ledger) => {
        const { year, asOf } = options;
        const person = personIn(ledger, options.person);
        if (options.knownAt !== undefined) await ledger.settled();
        const knownAt = await ledger.get(KnownTimes).positionOf(options.knownAt);
        await recordRead(ledger, [person], 'statement.read', 'statement');
        const statement = await ledger.get(StatementReader).statement(person, year, { asOf, knownAt });
        if (options.pdf !== undefined) {
          const { portalUrl } = ledger.config;
          await writeFile(options.pdf, await statementPdf(statement, options.language, { portalUrl }));
        }
        if (options.json === true) printJson(statement);
        else console.log(statementText(statement));
      }),
    );
}

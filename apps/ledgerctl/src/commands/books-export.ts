import { commandNeeds } from '@provident/access/guard/command-permissions';
import type { BooksDatabase } from '@provident/books';
import type { BusinessDate, Fund } from '@provident/kernel';
import { KnownTimes, READ_QUERIES } from '@provident/projections';
import { BOOK_FORMATS, type BookFormat, exportBooks } from '@provident/supervision';
import { Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import { dateOf, fundOption, jsonOption, knownAtOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface BooksExportOptions {
  readonly format: BookFormat;
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly fund?: Fund;
  readonly json?: boolean;
}

/** `ledgerctl books-export FILE --format hledger|beancount|xlsx` */
export function booksExportCommand(): Command {
  return commandNeeds(new Command('books-export'), 'supervision.read')
    .description(
      "the books for auditors' own programs: every voucher with its event, and the balances to check against",
    )
    .argument('<file>', 'file to write')
    .addOption(new Option('--format <format>', 'what reads it').choices([...BOOK_FORMATS]).makeOptionMandatory())
    .option('--as-of <date>', 'effective on this day; everything when absent', dateOf)
    .addOption(knownAtOption())
    .addOption(fundOption())
    .addOption(jsonOption())
    .action((file: string, { format, asOf, knownAt, fund, json }: BooksExportOptions) =>
      withLedger(json === undefined ? {} : { json }, async (ledger) => {
        await ledger.settled();
        const question = { asOf, fund, knownAt: await ledger.get(KnownTimes).positionOf(knownAt) };
        await exportBooks(
          ledger.app.get<Kysely<BooksDatabase>>(READ_QUERIES, { strict: false }),
          format,
          question,
          file,
        );
        if (json === true) printJson({ file, format });
        else console.log(`The books are in ${file}.`);
      }),
    );
}

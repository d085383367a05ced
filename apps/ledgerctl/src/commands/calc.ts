import { commandNeeds } from '@provident/access/guard/command-permissions';
import { readFileSync } from 'node:fs';
import { DomainError } from '@provident/kernel';
import {
  type CalculationAnswer,
  calculateRequest,
  describeFormula,
  type Explain,
  exampleRequest,
  InputError,
  listFormulas,
} from '@provident/policy';
import { Command, Option } from 'commander';
import { printJson } from '../print-json.js';

interface CalcOptions {
  readonly json?: string;
  readonly area?: string;
  readonly on?: string;
  readonly overlay?: string;
  readonly explain?: Explain;
  readonly list?: boolean;
  readonly schema?: boolean;
}

/** `ledgerctl calc FORMULA --json '{…}'`: the same request and answer as POST /api/calculations/FORMULA. */
export function calcCommand(): Command {
  return commandNeeds(new Command('calc'), 'calculation.run')
    .description('calculate a statutory formula; opens no ledger and takes the shipped parameters')
    .argument('[formula]', 'name of the formula; --list shows all')
    .option('--json <inputs>', 'the inputs as a JSON object; - reads them from standard input')
    .option('--area <code>', 'division code whose parameters count, and supply what --json leaves out')
    .option('--on <date>', 'day whose law counts, YYYY-MM-DD')
    .option('--overlay <file>', 'JSON file with proposed parameters: a what-if')
    .addOption(
      new Option('--explain [language]', 'every step as text (en, zh), or within the JSON answer (true)')
        .choices(['en', 'zh', 'true'] satisfies Explain[])
        .preset('en'),
    )
    .option('--list', 'name every formula')
    .option('--schema', "print the formula's law, refusals and JSON Schema; without a formula those of all")
    .addHelpText('after', `\nExample:\n  ledgerctl calc late-fee --json '${exampleOf('late-fee')}' --explain zh`)
    .action((formula: string | undefined, options: CalcOptions) => {
      try {
        run(formula, options);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        console.error(refusalText(error));
        process.exitCode = 1;
      }
    });
}

function run(formula: string | undefined, options: CalcOptions): void {
  const { list, schema, explain } = options;
  if (list === true) {
    for (const { name, title } of listFormulas()) console.log(`${name.padEnd(34)} ${title.en} (${title.zh})`);
    return;
  }
  if (schema === true) {
    printJson(formula === undefined ? listFormulas() : describeFormula(formula));
    return;
  }
  if (formula === undefined) throw refused('Name a formula.', 'See `ledgerctl calc --list`.');
  describeFormula(formula);
  const answer = calculateRequest(formula, requestOf(formula, options), undefined, explain);
  if (answer.text === undefined) printJson(answer);
  else console.log(`${answer.text}\n\n${resultText(answer)}`);
}

/** The request as it would be sent over HTTP: area, day and overlay stand beside the inputs. */
function requestOf(formula: string, { json, area, on, overlay }: CalcOptions): unknown {
  if (json === undefined && (area === undefined || on === undefined)) {
    const example = `ledgerctl calc ${formula} --json '${exampleOf(formula)}'`;
    throw refused(`Give the inputs of ${formula} with --json.`, `For example: ${example}`);
  }
  const inputs = json === undefined ? {} : parsed('--json', json === '-' ? readFileSync(0, 'utf8') : json);
  const beside = {
    ...(area === undefined ? {} : { area }),
    ...(on === undefined ? {} : { on }),
    ...(overlay === undefined ? {} : { overlay: [parsed(overlay, readText(overlay))].flat() }),
  };
  // What is no object goes on as it is: the schema says what is wrong with it.
  return typeof inputs === 'object' && inputs !== null && !Array.isArray(inputs) ? { ...inputs, ...beside } : inputs;
}

function exampleOf(formula: string): string {
  return JSON.stringify(exampleRequest(formula));
}

function resultText({ result }: CalculationAnswer): string {
  return Object.entries(result)
    .map(([figure, value]) => `${figure} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(`${path} cannot be read: ${(error as Error).message}`, 'Check the path.');
  }
}

function parsed(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(
      `${where} is not JSON: ${(error as Error).message}`,
      'Put the object in single quotes: {"days": 10}.',
    );
  }
}

function refused(message: string, remedy: string): DomainError {
  return new DomainError('request-malformed', message, 'A calculation names its formula and its inputs.', remedy);
}

function refusalText(error: DomainError): string {
  if (!(error instanceof InputError)) {
    return `${error.code}: ${error.message}\n  Rule: ${error.rule}\n  To do: ${error.remedy}`;
  }
  const lines = error.problems.map(
    ({ path, rule, example }) => `  ${path === '' ? 'inputs' : path}: ${rule}; for example ${example}`,
  );
  return [`${error.code}: these inputs cannot be calculated.`, ...lines].join('\n');
}

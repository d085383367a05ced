import { commandNeeds } from '@provident/access/guard/command-permissions';
import { readFileSync } from 'node:fs';
import { DomainError } from '@provident/kernel';
import { type CaseFailure, type CaseRun, runCases } from '@provident/policy';
import { Command } from 'commander';
import { printJson } from '../print-json.js';

/** Exit codes: the rules and the cases differ; a file is no case file. */
const DIFFERENT = 1;
const UNREADABLE = 2;

/** `ledgerctl cases FILE...` */
export function casesCommand(): Command {
  return commandNeeds(new Command('cases'), 'calculation.run')
    .description('run files of worked cases: a line per failing case, then how many passed and failed')
    .argument('<files...>', 'JSON files in the format of libs/policy/data/cases/cases.schema.json')
    .option('--json', 'print machine-readable output')
    .addHelpText('after', `\nExit code: 0 all passed, ${DIFFERENT} some failed, ${UNREADABLE} a file is no case file.`)
    .action((files: string[], { json }: { json?: boolean }) => {
      const runs = files.flatMap((file) => {
        const run = runFile(file);
        if (run === undefined) return [];
        if (json !== true) for (const line of failureLines(run.failures)) console.log(`${prefix(files, file)}${line}`);
        return [{ file, ...run }];
      });
      const passed = runs.reduce((sum, run) => sum + run.passed, 0);
      const failed = runs.reduce((sum, run) => sum + run.failed, 0);
      if (json === true) printJson({ passed, failed, files: runs });
      else console.log(`${passed} passed, ${failed} failed`);
      if (runs.length < files.length) process.exitCode = UNREADABLE;
      else if (failed > 0) process.exitCode = DIFFERENT;
    });
}

/** Runs one file; says on standard error why it cannot be run. */
function runFile(file: string): CaseRun | undefined {
  try {
    return runCases(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = error instanceof DomainError ? ` ${error.remedy}` : '';
    console.error(`${file}: ${error.message}${remedy}`);
    return undefined;
  }
}

/** One line for each failing case, with every field that differs. */
function failureLines(failures: readonly CaseFailure[]): readonly string[] {
  return [...Map.groupBy(failures, ({ place }) => place).values()].map((fields) => {
    const { id, formula } = fields[0] as CaseFailure;
    const differences = fields.map(({ field, expected, got }) => `${field}: expected ${expected}, got ${got}`);
    return `${id}${formula === '' ? '' : ` (${formula})`} ${differences.join('; ')}`;
  });
}

function prefix(files: readonly string[], file: string): string {
  return files.length > 1 ? `${file}: ` : '';
}

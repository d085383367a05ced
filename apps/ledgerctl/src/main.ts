import 'reflect-metadata';
import type { Command } from 'commander';

/** Commands that need no ledger: they start without loading one. */
const WITHOUT_LEDGER = ['calc', 'cases'];

async function chosenProgram(): Promise<Command> {
  if (WITHOUT_LEDGER.includes(process.argv[2] ?? '')) return (await import('./calculators.js')).calculators();
  return (await import('./program.js')).program();
}

chosenProgram()
  .then((program) => program.parseAsync(process.argv))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });

import { Command } from 'commander';
import { calcCommand } from './commands/calc.js';
import { casesCommand } from './commands/cases.js';

/** The commands that calculate and need no ledger, under the same name as the others. */
export function calculators(): Command {
  return new Command('ledgerctl').showHelpAfterError().addCommand(calcCommand()).addCommand(casesCommand());
}

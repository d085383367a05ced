import { DomainError } from '@provident/kernel';
import { printJson } from './print-json.js';

/** Tells a refusal with its rule and what to do, and makes the exit code 1. Throws every other error again. */
export function tellRefusal(error: unknown, options: { json?: boolean }): void {
  if (!(error instanceof DomainError)) throw error;
  const { code, message, rule, remedy, details } = error;
  if (options.json === true) printJson({ code, message, rule, remedy, details });
  else console.error(`${message}\n  Rule: ${rule}\n  To do: ${remedy}`);
  process.exitCode = 1;
}

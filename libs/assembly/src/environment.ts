import { readFileSync } from 'node:fs';
import { DomainError } from '@provident/kernel';
import { type ProcessName, type Variable, type VariableName, VARIABLES } from './variables.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables as one process sees them, each checked when it is read. All errors are `config-invalid` and name it. */
export class Environment {
  constructor(
    private readonly variables: Variables,
    private readonly process: ProcessName,
  ) {}

  /** The text, or the default where it is not set or empty. */
  text(name: VariableName): string {
    const variable: Variable = VARIABLES[name];
    const given = this.given(name, variable);
    if (given !== '') return given;
    if (variable.requiredBy?.includes(this.process) === true) throw missing(name, variable, this.process);
    return variable.fallback;
  }

  /** The text if the pattern fits it; `undefined` where it is empty. */
  matching(name: VariableName, pattern: RegExp, expected: string): string | undefined {
    const text = this.text(name);
    if (text !== '' && !pattern.test(text)) throw this.invalid(name, text, expected);
    return text === '' ? undefined : text;
  }

  whole(name: VariableName, from: number, to: number): number {
    const text = this.text(name);
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < from || value > to) {
      throw this.invalid(name, text, `a whole number from ${from} to ${to}`);
    }
    return value;
  }

  /** A share from 0 to 1. */
  share(name: VariableName): number {
    const text = this.text(name);
    if (!/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text))
      throw this.invalid(name, text, 'a share from 0 to 1, such as 0.1');
    return Number(text);
  }

  flag(name: VariableName): boolean {
    return this.oneOf(name, ['true', 'false']) === 'true';
  }

  oneOf<Choice extends string>(name: VariableName, choices: readonly Choice[]): Choice {
    const text = this.text(name);
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw this.invalid(name, text, `one of ${choices.join(', ')}`);
    return found;
  }

  private given(name: VariableName, variable: Variable): string {
    const given = this.variables[name] ?? '';
    const file = variable.secret === true ? (this.variables[`${name}_FILE`] ?? '') : '';
    if (file === '') return given;
    if (given !== '') throw this.invalid(`${name}_FILE`, file, `left out where ${name} is set: only one can count`);
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      throw this.invalid(`${name}_FILE`, file, 'the path of a file that this process may read');
    }
  }

  /** A refusal that names the variable. */
  invalid(name: string, given: string, expected: string): DomainError {
    const variable: Variable | undefined = name in VARIABLES ? VARIABLES[name as VariableName] : undefined;
    return new DomainError(
      'config-invalid',
      // What may hold a password is not repeated.
      variable?.secret === true
        ? `The environment variable ${name} has a value that cannot be used.`
        : `The environment variable ${name} is "${given}".`,
      'Settings are checked at start.',
      `Set it to ${expected}, or leave it out.`,
      { variable: name },
    );
  }
}

function missing(name: VariableName, { meaning, secret }: Variable, process: ProcessName): DomainError {
  const file = secret === true ? ` (or ${name}_FILE, the path of a file that holds it)` : '';
  return new DomainError(
    'config-invalid',
    `The environment variable ${name} is not set.`,
    `The process ${process} does not start without it; nothing is embedded in it.`,
    `Set ${name}${file}: ${meaning.split(';')[0] ?? meaning}.`,
    { variable: name },
  );
}

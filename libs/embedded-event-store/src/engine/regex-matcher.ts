import { createContext, Script } from 'node:vm';
import { limits } from '../limits.js';
import { FilterError } from './filter-error.js';

/**
 * A client's regular expression over names. It runs under a time limit, because a hostile expression could otherwise hold the
 * whole server; results are remembered, because types and streams repeat.
 */
export class RegexMatcher {
  private readonly known = new Map<string, boolean>();
  private readonly context: { names: readonly string[] };
  private readonly script: Script;

  /** @throws FilterError when the expression is malformed or too long */
  constructor(private readonly expression: string) {
    if (expression.length > limits.filterRegexLength) {
      throw new FilterError(`A filter's regex may have ${limits.filterRegexLength} characters.`);
    }
    try {
      new RegExp(expression);
    } catch (error) {
      throw new FilterError(`The filter's regex cannot be read: ${error instanceof Error ? error.message : ''}`);
    }
    this.context = { names: [] };
    createContext(this.context);
    this.script = new Script(
      `{ const regex = new RegExp(${JSON.stringify(expression)}); names.map((name) => regex.test(name)); }`,
    );
  }

  matchAll(names: readonly string[]): boolean[] {
    const distinct = [...new Set(names)];
    if (this.known.size + distinct.length > limits.filterMemo) this.known.clear();
    const unknown = distinct.filter((name) => !this.known.has(name));
    if (unknown.length > 0) {
      for (const [index, matches] of this.run(unknown).entries()) this.known.set(unknown[index] ?? '', matches);
    }
    return names.map((name) => this.known.get(name) === true);
  }

  private run(names: readonly string[]): boolean[] {
    this.context.names = names;
    const before = process.threadCpuUsage();
    for (;;) {
      try {
        return this.script.runInContext(this.context, { timeout: limits.filterRegexMs }) as boolean[];
      } catch (error) {
        // The limit is a clock's, and a busy machine may not have let this thread run: only time at work counts.
        const { user, system } = process.threadCpuUsage(before);
        if (user + system < limits.filterRegexMs * 1_000) continue;
        throw new FilterError(
          `The filter's regex ${this.expression} takes too long to match. Simplify it, or use prefixes.`,
          { cause: error },
        );
      }
    }
  }
}

import { createContext, Script } from 'node:vm';
import { limits } from '../limits.js';
import { FilterError } from './filter-error.js';

/**
 * A client's regular expression over names. One that could take long runs under a time limit, because a hostile expression
 * could otherwise hold the whole server; results are remembered, because types and streams repeat.
 */
export class RegexMatcher {
  private readonly known = new Map<string, boolean>();
  private readonly run: (names: readonly string[]) => boolean[];

  /** @throws FilterError when the expression is malformed or too long */
  constructor(expression: string) {
    if (expression.length > limits.filterRegexLength) {
      throw new FilterError(`A filter's regex may have ${limits.filterRegexLength} characters.`);
    }
    let regex: RegExp;
    try {
      regex = new RegExp(expression);
    } catch (error) {
      throw new FilterError(`The filter's regex cannot be read: ${error instanceof Error ? error.message : ''}`);
    }
    this.run = isQuick(expression) ? (names) => names.map((name) => regex.test(name)) : limitedRun(expression);
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
}

/**
 * True for an expression that cannot backtrack badly: nothing is repeated but single characters or classes, and at most one of
 * them without bound. The official client's filters, and lists of alternatives, are of this kind.
 */
function isQuick(expression: string): boolean {
  const bare = expression.replace(/\\[^1-9k]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/\\|\(\?(?!:)|\)[*+?{]/.test(bare)) return false;
  return (bare.match(/[*+]|\{\d+,\d*\}/g) ?? []).length <= 1;
}

/** Matches under a time limit, which costs a good deal more than matching. */
function limitedRun(expression: string): (names: readonly string[]) => boolean[] {
  const context: { names: readonly string[] } = { names: [] };
  createContext(context);
  const script = new Script(
    `{ const regex = new RegExp(${JSON.stringify(expression)}); names.map((name) => regex.test(name)); }`,
  );
  return (names) => {
    context.names = names;
    const before = process.threadCpuUsage();
    for (;;) {
      try {
        return script.runInContext(context, { timeout: limits.filterRegexMs }) as boolean[];
      } catch (error) {
        // The limit is a clock's, and a busy machine may not have let this thread run: only time at work counts.
        const { user, system } = process.threadCpuUsage(before);
        if (user + system < limits.filterRegexMs * 1_000) continue;
        throw new FilterError(
          `The filter's regex ${expression} takes too long to match. Simplify it, or use prefixes.`,
          { cause: error },
        );
      }
    }
  };
}

import { limits } from '../limits.js';
import { namesOf } from '../protocol/event-frame.js';
import type { StoredEvent } from '../storage/event-log.js';
import { FilterError } from './filter-error.js';
import { RegexMatcher } from './regex-matcher.js';

/** What a filter of $all looks at and for. */
export interface FilterRule {
  readonly on: 'stream' | 'type';
  readonly regex?: string;
  readonly prefixes: readonly string[];
}

/** Chooses events of $all by the name of their stream or type. */
export class EventFilter {
  private readonly matches: (names: readonly string[]) => boolean[];

  /** @throws FilterError when the expression is malformed, or something exceeds its limit */
  constructor(private readonly rule: FilterRule) {
    const { regex, prefixes } = rule;
    if (regex === undefined && prefixes.length === 0) throw new FilterError('A filter needs a regex or a prefix.');
    if (prefixes.length > limits.filterPrefixes) {
      throw new FilterError(`A filter may have ${limits.filterPrefixes} prefixes; this one has ${prefixes.length}.`);
    }
    if (regex === undefined) {
      this.matches = (names) => names.map((name) => prefixes.some((prefix) => name.startsWith(prefix)));
    } else {
      const matcher = new RegexMatcher(regex);
      this.matches = (names) => matcher.matchAll(names);
    }
  }

  /** For each event of a page whether it passes. */
  select(events: readonly StoredEvent[]): boolean[] {
    return this.matches(events.map((event) => namesOf(event.frame)[this.rule.on]));
  }
}

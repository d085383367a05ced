import { DomainError } from '@provident/kernel';

/** Category names are part of stream and topic names. */
const CATEGORY = /^[a-z][a-z0-9]*$/;

/**
 * The topics of one pooling area: `provident.<area>.<category>` for each stream category, so that a reader subscribes to
 * what it needs and one cluster carries many areas. Streams of other programs' categories go to `….other`. Names with a
 * dash can be no category: `….relay-checkpoints` and `….dead-letters` belong to the bus.
 */
export class Topics {
  readonly checkpoints: string;
  readonly deadLetters: string;
  readonly other: string;
  /** Every topic that carries events, in a fixed order. */
  readonly events: readonly string[];
  private readonly byCategory: ReadonlyMap<string, string>;

  constructor(
    readonly area: string,
    categories: readonly string[],
  ) {
    const odd = categories.find((category) => !CATEGORY.test(category) || category === 'other');
    if (odd !== undefined) throw categoryInvalid(odd);
    this.byCategory = new Map([...new Set(categories)].sort().map((category) => [category, this.named(category)]));
    this.other = this.named('other');
    this.events = [...this.byCategory.values(), this.other];
    this.checkpoints = this.named('relay-checkpoints');
    this.deadLetters = this.named('dead-letters');
  }

  /** Where a stream's events go: by the part of its name before the first dash. */
  of(stream: string): string {
    const dash = stream.indexOf('-');
    return this.byCategory.get(dash < 0 ? stream : stream.slice(0, dash)) ?? this.other;
  }

  /** The name of a consumer group of this area. */
  group(purpose: string): string {
    return this.named(purpose);
  }

  private named(part: string): string {
    return `provident.${this.area}.${part}`;
  }
}

function categoryInvalid(category: string): DomainError {
  return new DomainError(
    'bus-category-invalid',
    `"${category}" cannot be a category with a topic of its own.`,
    'A category is lower-case letters and digits, as in the names of its streams; "other" is the bus\'s own.',
    'Name the categories of the write contexts.',
    { category },
  );
}

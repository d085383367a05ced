import type { Decider, DomainEvent } from '@provident/kernel';
import type { TSchema } from '@sinclair/typebox';

/** How a stream is read and folded, without the right to append to it. */
export type StreamView<State, Event extends DomainEvent> = Pick<
  Aggregate<State, never, Event>,
  'category' | 'initial' | 'evolve' | 'closing' | 'upcasters'
> &
  Opening;

/** Personal fields are opened for a reader that gives the schemas, and stay sealed for one that needs none of them. */
export interface Opening {
  readonly schemas?: Readonly<Record<string, TSchema>>;
}

/** A decider with what the event store needs to keep its streams. */
export interface Aggregate<State, Command, Event extends DomainEvent> extends Decider<State, Command, Event> {
  /** Streams are named `<category>-<id>`. */
  readonly category: string;
  /** The schema of each event type: checked before every append. */
  readonly schemas: Readonly<Record<Event['type'], TSchema>>;
  /** An event type that carries the whole state: a load reads backwards to it and no further. */
  readonly closing?: Event['type'];
  /** Brings data written under an older schema version to the present one, by event type. */
  readonly upcasters?: Readonly<Partial<Record<Event['type'], readonly Upcaster[]>>>;
}

/** From schema version n (its place in the list, counted from 1) to n + 1. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

export function streamOf(aggregate: { readonly category: string }, id: string): string {
  return `${aggregate.category}-${id}`;
}

/** The version that new events of a type are written with. */
export function schemaVersion(
  aggregate: Pick<Aggregate<never, never, DomainEvent>, 'upcasters'>,
  type: string,
): number {
  return (aggregate.upcasters?.[type]?.length ?? 0) + 1;
}

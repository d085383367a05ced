import {
  type Aggregate,
  type CommandResult,
  type EventSource,
  type ReadAllOptions,
  streamOf,
} from '@provident/event-store';
import { assertSchema } from '@provident/event-store/schema-check';
import {
  type CommandContext,
  deterministicId,
  type DomainEvent,
  fold,
  invariant,
  type RecordedEvent,
} from '@provident/kernel';
import type { StreamView } from '@provident/event-store';

type Named = Pick<Aggregate<never, never, DomainEvent>, 'category'>;

const FIRST_INSTANT_MS = Date.UTC(2026, 0, 1);

/** A log in memory, read and written like the event store: the whole of each stream is folded for every command. */
export class MemoryStore implements EventSource {
  readonly events: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly seen = new Set<string>();

  get head(): bigint {
    return this.events.at(-1)?.position ?? -1n;
  }

  execute<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    context: CommandContext,
  ): Promise<CommandResult> {
    return Promise.resolve().then(() => {
      const stream = streamOf(aggregate, id);
      const repeated = this.seen.has(`${stream} ${context.commandId}`);
      const decided = repeated ? [] : aggregate.decide(command, this.fold(aggregate, stream));
      for (const event of decided) assertSchema(aggregate.schemas, event);
      decided.forEach((event, place) => this.append(stream, event, place, context));
      const last = this.of(stream).at(-1);
      return { stream, revision: last?.revision ?? -1n, position: last?.position, events: decided };
    });
  }

  /** Nothing is sealed in memory. */
  expectPeople(): Promise<void> {
    return Promise.resolve();
  }

  load<State, Event extends DomainEvent>(view: StreamView<State, Event>, id: string) {
    const stream = streamOf(view, id);
    const last = this.of(stream).at(-1);
    const state = this.fold(view, stream);
    return Promise.resolve({ state, revision: last?.revision ?? -1n, position: last?.position, commands: [] });
  }

  /** A stream's present state, for proofs to look at. */
  stateOf<State, Event extends DomainEvent>(view: StreamView<State, Event>, id: string): State {
    return this.fold(view, streamOf(view, id));
  }

  async *read(aggregate: Named, id: string): AsyncGenerator<RecordedEvent> {
    yield* await Promise.resolve([...this.of(streamOf(aggregate, id))]);
  }

  async *readBackwards(aggregate: Named, id: string): AsyncGenerator<RecordedEvent> {
    yield* await Promise.resolve(this.of(streamOf(aggregate, id)).toReversed());
  }

  async *batches({ after = -1n, types, maxBatch }: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const wanted = this.events.filter(
      (event) => event.position > after && (types === undefined || types.includes(event.type)),
    );
    for (let at = 0; at < wanted.length; at += maxBatch) yield await Promise.resolve(wanted.slice(at, at + maxBatch));
  }

  private append(stream: string, event: DomainEvent, place: number, context: CommandContext): void {
    const events = this.of(stream);
    this.streams.set(stream, events);
    this.seen.add(`${stream} ${context.commandId}`);
    const id = deterministicId('event', context.commandId, stream, String(place));
    // With gaps, as in a real log, and past the first blocks of positions that turnovers are grouped by.
    const position = this.head + 1n + BigInt(id.charCodeAt(0)) * 3_001n;
    invariant(position > this.head, 'The log goes forwards.');
    const recorded: RecordedEvent = {
      ...{ id, stream, revision: BigInt(events.length), position, recordedAt: this.now() },
      ...{ type: event.type, data: structuredClone(event.data), metadata: { ...context, schemaVersion: 1 } },
    };
    events.push(recorded);
    this.events.push(recorded);
  }

  /** A clock of its own: some events share an instant, as in a real log. */
  private now(): Date {
    return new Date(FIRST_INSTANT_MS + Math.floor(this.events.length / 3) * 1_000);
  }

  private fold<State, Event extends DomainEvent>(view: StreamView<State, Event>, stream: string): State {
    const events = this.of(stream);
    const closed = view.closing === undefined ? -1 : events.findLastIndex((event) => event.type === view.closing);
    return fold<State, Event>(view, events.slice(Math.max(0, closed)) as unknown as Event[]);
  }

  private of(stream: string): RecordedEvent[] {
    return this.streams.get(stream) ?? [];
  }
}

import { NO_STREAM } from '@eventstore/db-client';
import {
  type CommandContext,
  DomainError,
  type DomainEvent,
  invariant,
  type PersonalData,
  type RecordedEvent,
  refuseSealedTexts,
} from '@provident/kernel';
import { type Aggregate, type Opening, schemaVersion, type StreamView, streamOf } from './aggregate.js';
import { openEvents, sealEvent } from './personal-events.js';
import { eventId, toStored, upcast } from './codec.js';
import { LIMITS } from './limits.js';
import { assertSchema } from './schema-check.js';
import { StoreClient } from './store-client.js';
import { type Loaded, StreamCache } from './stream-cache.js';
import { StreamQueue } from './stream-queue.js';
import { StreamConflict } from './wire/errors.js';

/** What a command did. */
export interface CommandResult {
  readonly stream: string;
  /** Revision of the stream's last event. */
  readonly revision: bigint;
  /** Log position to ask `atLeast` of; absent while the stream is empty. */
  readonly position: bigint | undefined;
  /** The events appended by this call: none when it was already so. */
  readonly events: readonly DomainEvent[];
}

export interface ExecuteOptions {
  /** Folds the stream from its very beginning, beyond its last closing. */
  readonly wholeHistory?: boolean;
  /** The stream most likely does not exist yet: tries without reading it first. */
  readonly mostlyNew?: boolean;
}

/** The generic load-decide-append: the one way in which anything enters the log. */
export class EventStore {
  /** By view, because two views of one stream fold it to different states. */
  private readonly caches = new Map<object, StreamCache>();
  private readonly queue = new StreamQueue();

  /** Without `personal`, events with personal fields can neither be appended nor be opened. */
  constructor(
    readonly client: StoreClient,
    private readonly personal?: PersonalData,
  ) {}

  /**
   * Carries out a command on one aggregate: folds its stream, decides, appends with the expected revision, and decides
   * again when another writer was first. A command id that the stream has already seen appends nothing.
   */
  execute<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    context: CommandContext,
    options: ExecuteOptions = {},
  ): Promise<CommandResult> {
    const stream = streamOf(aggregate, id);
    const { wholeHistory = false } = options;
    return this.queue.run(stream, async () => {
      const supposed = wholeHistory ? undefined : this.supposed(aggregate, stream, options.mostlyNew ?? false);
      if (supposed !== undefined) {
        const result = await this.attempt(aggregate, stream, supposed, command, context, false).catch(
          (error: unknown) => {
            if (error instanceof StreamConflict || error instanceof DomainError) return undefined;
            throw error;
          },
        );
        if (result !== undefined && result.events.length > 0) return result;
      }
      for (let retriesLeft: number = LIMITS.conflictRetries; ; retriesLeft -= 1) {
        const loaded = await this.loadFresh(aggregate, stream, wholeHistory);
        try {
          return await this.attempt(aggregate, stream, loaded, command, context, wholeHistory);
        } catch (error) {
          if (!(error instanceof StreamConflict) || retriesLeft === 0) throw error;
        }
      }
    });
  }

  /** The present state of a stream, read anew. */
  async load<State, Event extends DomainEvent>(view: StreamView<State, Event>, id: string): Promise<Loaded<State>> {
    return this.loadFresh(view, streamOf(view, id), false);
  }

  /** A stream's events from its beginning (or after a revision), brought to the present schema versions. */
  async *read<Event extends DomainEvent>(
    aggregate: Pick<Aggregate<never, never, Event>, 'category' | 'upcasters'> & Opening,
    id: string,
    options: { fromRevision?: bigint } = {},
  ): AsyncGenerator<RecordedEvent<Event>> {
    const stream = streamOf(aggregate, id);
    for (let from = options.fromRevision ?? 0n; ; ) {
      const page = await this.client.readPage(stream, { backwards: false, from, count: LIMITS.laterPage });
      yield* (await this.readable(page, aggregate)) as RecordedEvent<Event>[];
      const last = page.at(-1);
      if (last === undefined || page.length < LIMITS.laterPage) return;
      from = last.revision + 1n;
    }
  }

  /** A stream's events from its end backwards. The reader stops when it has what it needs. */
  async *readBackwards<Event extends DomainEvent>(
    aggregate: Pick<Aggregate<never, never, Event>, 'category' | 'upcasters'> & Opening,
    id: string,
  ): AsyncGenerator<RecordedEvent<Event>> {
    const stream = streamOf(aggregate, id);
    let from: bigint | undefined;
    for (let count: number = LIMITS.firstPage; ; count = LIMITS.laterPage) {
      const page = await this.client.readPage(stream, {
        backwards: true,
        ...(from === undefined ? {} : { from }),
        count,
      });
      yield* (await this.readable(page, aggregate)) as RecordedEvent<Event>[];
      const last = page.at(-1);
      if (last === undefined || page.length < count || last.revision === 0n) return;
      from = last.revision - 1n;
    }
  }

  /** Makes keys of people ready, many at a time, before a bulk run appends events about them. */
  async expectPeople(personIds: readonly string[]): Promise<void> {
    await this.personal?.ensure(personIds);
  }

  /** Events in their present schema versions, opened as far as the reader gives schemas. */
  private readable(
    page: readonly RecordedEvent[],
    { schemas, upcasters }: Pick<Aggregate<never, never, DomainEvent>, 'upcasters'> & Opening,
  ): Promise<readonly RecordedEvent[]> {
    const events = page.map((event) => upcast(event, upcasters));
    return openEvents(this.personal, schemas, events);
  }

  /**
   * What the stream is supposed to hold without asking the store. It may be behind another process, so only a fresh load
   * may refuse a command or say "already so"; an append on a wrong supposition is refused by the store.
   */
  private supposed<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, never, Event>,
    stream: string,
    mostlyNew: boolean,
  ): Loaded<State> | undefined {
    const cached = this.cacheOf(aggregate).get(stream) as Loaded<State> | undefined;
    if (cached !== undefined || !mostlyNew) return cached;
    return { state: aggregate.initial, revision: -1n, position: undefined, commands: [] };
  }

  private cacheOf(view: object): StreamCache {
    let cache = this.caches.get(view);
    if (cache === undefined) {
      cache = new StreamCache(LIMITS.cachedStreams);
      this.caches.set(view, cache);
    }
    return cache;
  }

  private async loadFresh<State, Event extends DomainEvent>(
    aggregate: StreamView<State, Event>,
    stream: string,
    wholeHistory: boolean,
  ): Promise<Loaded<State>> {
    const id = stream.slice(aggregate.category.length + 1);
    const events: RecordedEvent<Event>[] = [];
    if (aggregate.closing !== undefined && !wholeHistory) {
      for await (const event of this.readBackwards(aggregate, id)) {
        events.push(event);
        if (event.type === aggregate.closing) break;
      }
      events.reverse();
    } else {
      for await (const event of this.read(aggregate, id)) events.push(event);
    }
    const loaded = foldLoaded(aggregate, events);
    // A whole history folds to a richer state than a load from the last closing: the cache holds the latter only.
    if (!wholeHistory && 'decide' in aggregate) this.cacheOf(aggregate).set(stream, loaded);
    return loaded;
  }

  private async attempt<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    stream: string,
    loaded: Loaded<State>,
    command: Command,
    context: CommandContext,
    wholeHistory: boolean,
  ): Promise<CommandResult> {
    const { revision, position } = loaded;
    if (loaded.commands.includes(context.commandId)) return { stream, revision, position, events: [] };
    const events = aggregate.decide(command, loaded.state);
    if (events.length === 0) return { stream, revision, position, events };
    for (const event of events) {
      assertSchema(aggregate.schemas, event);
      refuseSealedTexts(event.data);
    }
    const stored = await Promise.all(
      events.map(async (event, place) => {
        const id = eventId(context, stream, place);
        const sealed = await sealEvent(this.personal, aggregate.schemas, id, event);
        return toStored(id, sealed, schemaVersion(aggregate, event.type), context);
      }),
    );
    let newPosition: bigint;
    try {
      newPosition = await this.client.append(stream, stored, revision < 0n ? NO_STREAM : revision);
    } catch (error) {
      this.cacheOf(aggregate).forget(stream);
      throw error;
    }
    invariant(position === undefined || newPosition > position, `Stream ${stream} went backwards at ${newPosition}.`);
    let state = loaded.state;
    for (const event of events) state = aggregate.evolve(state, event);
    const newRevision = revision + BigInt(events.length);
    const commands = [...loaded.commands.slice(1 - LIMITS.rememberedCommands), context.commandId];
    // See loadFresh: what a whole history folds to is not remembered.
    if (wholeHistory) this.cacheOf(aggregate).forget(stream);
    else this.cacheOf(aggregate).set(stream, { state, revision: newRevision, position: newPosition, commands });
    return { stream, revision: newRevision, position: newPosition, events };
  }
}

function foldLoaded<State, Event extends DomainEvent>(
  aggregate: StreamView<State, Event>,
  events: readonly RecordedEvent<Event>[],
): Loaded<State> {
  let state = aggregate.initial;
  const commands = new Set<string>();
  for (const event of events) {
    state = aggregate.evolve(state, event as unknown as Event);
    commands.add(event.metadata.commandId);
  }
  const last = events.at(-1);
  return {
    state,
    revision: last?.revision ?? -1n,
    position: last?.position,
    commands: [...commands].slice(-LIMITS.rememberedCommands),
  };
}

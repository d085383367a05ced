import type { EventStore, Reaction } from '@provident/event-store';
import { collectionReactions } from '@provident/collection';
import { type BusinessDate, type CommandContext, deterministicId, type RecordedEvent } from '@provident/kernel';
import { loadPolicy, type PolicyInForce } from '@provident/policy';
import { registryReactions } from '@provident/registry';
import { NOTHING_TO_ERASE } from '../support/memory-ledger.js';
import { MemoryStore } from '../support/memory-store.js';

let policy: PolicyInForce | undefined;

/** Register and collection over a log in memory, whose reactions are carried out one at a time, when a test says. */
export class RacingReactions {
  readonly log = new MemoryStore();
  private readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  /** Events that wait for their reactions, by stream, the oldest first: a stream's own order is kept by the runner. */
  private readonly waiting = new Map<string, RecordedEvent[]>();
  private seen = 0;
  private commands = 0;

  constructor() {
    policy ??= { book: loadPolicy() };
    const all = [...registryReactions(this.store, NOTHING_TO_ERASE), ...collectionReactions(this.store, policy)];
    this.reactions = Map.groupBy(all, (reaction) => reaction.on);
  }

  get store(): EventStore {
    return this.log as unknown as EventStore;
  }

  context(effectiveDate: BusinessDate): CommandContext {
    this.commands += 1;
    const commandId = deterministicId('racing-command', String(this.commands));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor: 'clerk:proof', effectiveDate, area: '310000' };
  }

  /** Carries out the next reaction of one of the streams that wait; answers false when none waits. */
  async reactOnce(choice: number): Promise<boolean> {
    this.takeNew();
    const streams = [...this.waiting.keys()];
    const stream = streams[choice % Math.max(1, streams.length)];
    if (stream === undefined) return false;
    const [event, ...later] = this.waiting.get(stream) ?? [];
    if (later.length === 0) this.waiting.delete(stream);
    else this.waiting.set(stream, later);
    if (event === undefined) return true;
    for (const reaction of this.reactions.get(event.type) ?? []) await reaction.react(event);
    return true;
  }

  async settle(): Promise<void> {
    while (await this.reactOnce(0));
  }

  private takeNew(): void {
    for (const event of this.log.events.slice(this.seen)) {
      if (!this.reactions.has(event.type)) continue;
      this.waiting.set(event.stream, [...(this.waiting.get(event.stream) ?? []), event]);
    }
    this.seen = this.log.events.length;
  }
}

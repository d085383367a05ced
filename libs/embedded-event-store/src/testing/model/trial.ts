import { deepStrictEqual as same } from 'node:assert';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { startTestStore, take, type TestStore } from '../test-store.js';
import type { Follower } from './followers.js';
import type { GroupModel } from './group-model.js';
import { labelOf, LogModel } from './log-model.js';
import { type Entry, TOMBSTONE_REVISION } from './stream-model.js';

/** What a revision is in the model: a double, because only a tombstone's needs more. */
export const revisionOf = (revision: bigint): number =>
  revision > BigInt(Number.MAX_SAFE_INTEGER) ? TOMBSTONE_REVISION : Number(revision);

/** A server with its log on disk and its official client, beside the model of what is in the log. */
export class Trial {
  readonly log = new LogModel();
  readonly groups = new Map<string, GroupModel>();
  /** Groups that were deleted: another of the same name goes on with their parked stream. */
  readonly deletedGroups = new Map<string, GroupModel>();
  readonly followers: Follower[] = [];

  private constructor(
    private readonly dir: string,
    private store: TestStore,
  ) {}

  static async open(dir: string): Promise<Trial> {
    return new Trial(dir, await startTestStore({ dir }));
  }

  get client(): EventStoreDBClient {
    return this.store.client;
  }

  get port(): number {
    return this.store.server.port;
  }

  /** Stops the server in good order and opens its log again. */
  async restart(): Promise<void> {
    await this.compareLog();
    // The server goes first: a client that goes first ends its subscriptions itself.
    await this.store.server.stop();
    for (const follower of this.followers) await follower.stopped();
    await this.store.stop();
    this.store = await startTestStore({ dir: this.dir });
    for (const group of this.groups.values()) group.restart();
    for (const follower of this.followers) await follower.reopen(this.client);
    await this.compareLog();
  }

  /** Waits until every subscription has said what it should by now, and holds it against that. */
  async settle(): Promise<void> {
    for (const follower of this.followers) await follower.settle();
  }

  /** Reads everything: the order of the streams' events is the model's, and positions are what they always were. */
  async compareLog(): Promise<void> {
    const events = (await take(this.client.readAll())).flatMap(({ event }) => event ?? []);
    const positions = events.map(({ position }) => position.commit);
    for (const [index, position] of positions.entries()) {
      if (index > 0 && position <= (positions[index - 1] ?? 0n)) throw new Error(`Position ${position} does not rise.`);
    }
    const own = events.filter(({ streamId }) => this.log.streams.has(streamId.replace(/^\$\$/, '')));
    const found = own.map(({ streamId, revision }) => labelOf(streamId, revisionOf(revision)));
    same(
      found,
      this.log.entries.map(({ stream, revision }) => labelOf(stream, revision)),
    );
    for (const [index, event] of own.entries()) samePosition(this.log.entries[index], event.position.commit);
  }

  /** The end of a history that went well so far. */
  async finish(): Promise<void> {
    await this.compareLog();
    for (const follower of this.followers) await follower.close();
  }

  free(): Promise<void> {
    return this.store.stop();
  }
}

/** Learns an event's position at the first sight of it, and compares it ever after. */
export function samePosition(entry: Entry | undefined, position: bigint): void {
  if (!entry) throw new Error(`The log has an event at position ${position} that the model has not.`);
  entry.position ??= position;
  same(position, entry.position, `${labelOf(entry.stream, entry.revision)} is at another position than before.`);
}

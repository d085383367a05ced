import type { EventStoreDBClient } from '@eventstore/db-client';
import { type Attempt, send } from './attempt.js';

interface Place {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** Everything that was ever sent, and where the log has it. */
export class LedgerOfAttempts {
  private readonly settled: Attempt[] = [];
  private inDoubt: Attempt[] = [];
  private readonly places = new Map<string, Place>();
  private nextPosition = 0n;
  acknowledged = 0;
  events = 0;

  note(attempt: Attempt): void {
    this.inDoubt.push(attempt);
  }

  /**
   * After a restart: reads what is new in the log, holds it against what was acknowledged, and sends again what nobody knows
   * the outcome of. @throws Error with what was lost, doubled, moved or half written
   */
  async examine(client: EventStoreDBClient): Promise<void> {
    await this.read(client);
    const [known, unknown] = [
      this.inDoubt.filter(({ result }) => result),
      this.inDoubt.filter(({ result }) => !result),
    ];
    this.acknowledged += known.length;
    for (const attempt of known) this.compare(attempt);
    for (const attempt of unknown) {
      const present = attempt.events.filter(({ id }) => this.places.has(id)).length;
      if (present !== 0 && present !== attempt.events.length) {
        throw new Error(
          `Of an append of ${attempt.events.length} events to ${attempt.stream} ${present} were written.`,
        );
      }
    }
    // One after the other, so that each answer is about a log that is known.
    for (const attempt of [...unknown, ...known.slice(-10)]) await send(client, attempt);
    await this.read(client);
    for (const attempt of unknown) this.compare(attempt);
    this.settled.push(...this.inDoubt);
    this.inDoubt = [];
  }

  /** Reads the whole log anew: nothing that was ever acknowledged may have moved. */
  async examineAll(client: EventStoreDBClient): Promise<void> {
    const before = new Map(this.places);
    this.places.clear();
    this.nextPosition = 0n;
    await this.read(client);
    for (const [id, { stream, revision, position }] of before) {
      const now = this.places.get(id);
      if (now?.stream !== stream || now.revision !== revision || now.position !== position) {
        throw new Error(`Event ${id} was at revision ${revision} of ${stream}, position ${position}, and is not.`);
      }
    }
    for (const attempt of this.settled) this.compare(attempt);
  }

  private async read(client: EventStoreDBClient): Promise<void> {
    const from = { commit: this.nextPosition, prepare: this.nextPosition };
    for await (const { event } of client.readAll({ fromPosition: from })) {
      if (!event) continue;
      const position = event.position.commit;
      this.nextPosition = position + 1n;
      if (event.type !== 'Happened') continue;
      const { id, streamId: stream, revision } = event;
      const other = this.places.get(id);
      if (other) throw new Error(`Event ${id} is in the log twice: at ${other.position} and at ${position}.`);
      this.places.set(id, { stream, revision, position });
      this.events += 1;
    }
  }

  private compare({ stream, events, result }: Attempt): void {
    if (!result) throw new Error(`An append to ${stream} has no answer.`);
    const first = result.last - BigInt(events.length - 1);
    for (const [index, { id }] of events.entries()) {
      const place = this.places.get(id);
      if (!place) throw new Error(`Event ${id} was acknowledged in ${stream} and is lost.`);
      if (place.stream !== stream || place.revision !== first + BigInt(index)) {
        throw new Error(
          `Event ${id} was acknowledged as revision ${first + BigInt(index)} of ${stream} and is ${place.revision}.`,
        );
      }
    }
    const last = this.places.get(events.at(-1)?.id ?? '');
    if (last?.position !== result.position) {
      throw new Error(`An append was acknowledged at ${result.position} and is at ${last?.position ?? 'none'}.`);
    }
  }
}

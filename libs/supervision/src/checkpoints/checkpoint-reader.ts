import type { EventStore } from '@provident/event-store';
import { checkpoints } from './checkpoint.js';
import type { CheckpointEvent } from './events.js';

/** A checkpoint with everything that was signed under it. */
export interface PublishedCheckpoint {
  readonly size: number;
  readonly root: string;
  readonly reason: string;
  readonly signedAt: Date;
  /** The note with all cosignatures so far. */
  readonly note: string;
  readonly witnesses: readonly string[];
}

export interface PublishedKey {
  readonly key: string;
  readonly on: string;
  readonly handover?: string;
}

export interface PublishedWitness {
  readonly key: string;
  readonly institution: string;
  readonly admittedOn: string;
  readonly dismissedOn?: string;
}

export interface PublishedAttestation {
  readonly day: string;
  readonly size: number;
  readonly tablesAt: string;
  readonly findings: number;
  readonly note: string;
}

/** What the log's checkpoint stream says, kept in memory and read on from where it was read last. */
export class CheckpointReader {
  private next = 0n;
  private readonly bySize = new Map<number, PublishedCheckpoint>();
  private readonly keys: PublishedKey[] = [];
  private readonly admitted = new Map<string, PublishedWitness>();
  private readonly byDay = new Map<string, PublishedAttestation>();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly area: string,
  ) {}

  /** All checkpoints, the oldest first. */
  async checkpoints(): Promise<readonly PublishedCheckpoint[]> {
    await this.refresh();
    return [...this.bySize.values()];
  }

  /** The checkpoint of a size; the last when none is named. */
  async checkpoint(size?: number): Promise<PublishedCheckpoint | undefined> {
    await this.refresh();
    return size === undefined ? [...this.bySize.values()].at(-1) : this.bySize.get(size);
  }

  /** The first checkpoint that covers a leaf. */
  async covering(leaf: number): Promise<PublishedCheckpoint | undefined> {
    await this.refresh();
    for (const checkpoint of this.bySize.values()) if (checkpoint.size > leaf) return checkpoint;
    return undefined;
  }

  /** Every key that signed or may sign, the present one last. */
  async signingKeys(): Promise<readonly PublishedKey[]> {
    await this.refresh();
    return this.keys;
  }

  async witnesses(): Promise<readonly PublishedWitness[]> {
    await this.refresh();
    return [...this.admitted.values()];
  }

  async attestations(): Promise<readonly PublishedAttestation[]> {
    await this.refresh();
    return [...this.byDay.values()];
  }

  /** Readings follow each other, so that no event is taken twice. */
  private refresh(): Promise<void> {
    const reading = this.reading.then(() => this.readOn());
    this.reading = reading.catch(() => undefined);
    return reading;
  }

  private async readOn(): Promise<void> {
    for await (const event of this.store.read(checkpoints, this.area, { fromRevision: this.next })) {
      this.take(event as CheckpointEvent);
      this.next = event.revision + 1n;
    }
  }

  private take({ type, data }: CheckpointEvent): void {
    if (type === 'CheckpointKeyIntroduced') this.keys.push(data);
    else if (type === 'CheckpointSigned')
      this.bySize.set(data.size, { ...data, signedAt: new Date(data.signedAt), witnesses: [] });
    else if (type === 'WitnessAdmitted') {
      this.admitted.set(data.key, { key: data.key, institution: data.institution, admittedOn: data.on });
    } else if (type === 'WitnessDismissed') {
      const known = this.admitted.get(data.key);
      if (known !== undefined) this.admitted.set(data.key, { ...known, dismissedOn: data.on });
    } else if (type === 'CheckpointCosigned') {
      const known = this.bySize.get(data.size);
      if (known === undefined) return;
      const witnesses = [...known.witnesses, data.witness];
      this.bySize.set(data.size, { ...known, note: known.note + data.line, witnesses });
    } else this.byDay.set(data.day, data);
  }
}

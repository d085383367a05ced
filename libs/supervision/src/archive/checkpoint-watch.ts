import type { Flaw } from './flaw.js';
import type { Peaks } from './peaks.js';

/** What a checkpoint says: a tree of this size has this root. */
export interface CheckpointClaim {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Reads a signed note. Throws where it is malformed or no known key signed it. */
export type CheckpointReader = (note: string) => CheckpointClaim;

/** Holds a growing tree against the checkpoints that were signed of it. */
export class CheckpointWatch {
  private readonly claims: CheckpointClaim[] = [];
  private readonly unreadable: Flaw[] = [];
  /** The largest size at which the tree was the signed one. */
  private agreed = 0;
  private readonly differing: Flaw[] = [];
  private agreedPosition = '0';
  private lastPosition = 0n;
  private met = 0;

  constructor(read: CheckpointReader | undefined, notes: readonly string[]) {
    if (read === undefined) return;
    for (const [place, note] of notes.entries()) {
      try {
        this.claims.push(read(note));
      } catch (error) {
        const text = `Checkpoint ${place + 1} does not count: ${(error as Error).message}`;
        this.unreadable.push({ kind: 'checkpoint', where: 'checkpoints', text });
      }
    }
    this.claims.sort((one, other) => one.size - other.size);
  }

  get signedSize(): number {
    return this.agreed;
  }

  /** Notes that do not count. */
  flaws(): readonly Flaw[] {
    return this.unreadable;
  }

  /** To be told after each leaf, with the log position of its event where that is known. */
  at(tree: Peaks, position: bigint | undefined): void {
    if (position !== undefined) this.lastPosition = position;
    for (let claim = this.claims[this.met]; claim !== undefined; claim = this.claims[this.met]) {
      if (claim.size > tree.size) return;
      this.met += 1;
      if (claim.size < tree.size) continue; // Before the range: nothing here can speak for it.
      const position = String(this.lastPosition);
      if (tree.root().equals(claim.root)) {
        this.agreed = claim.size;
        this.agreedPosition = position;
        continue;
      }
      this.differing.push({
        kind: 'checkpoint',
        where: 'checkpoints',
        position: { from: this.agreedPosition, to: position },
        text: `The checkpoint over ${claim.size} leaves was signed over another log: an event after leaf ${this.agreed} is not what was signed.`,
      });
    }
  }

  /** After the last leaf: what differed, and checkpoints of a log that went on further than this one. */
  end(size: number): Flaw[] {
    const beyond = this.claims.slice(this.met).map((claim): Flaw => {
      const text = `The checkpoint over ${claim.size} leaves goes beyond the ${size} that are here: the end is missing.`;
      return {
        kind: 'tail',
        where: 'checkpoints',
        position: { from: this.agreedPosition, to: String(this.lastPosition) },
        text,
      };
    });
    return [...this.differing, ...beyond];
  }
}

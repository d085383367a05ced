import type { PublishedCheckpoint } from '../checkpoints/checkpoint-reader.js';

/** That an event is in the log: its record, where it stands, and the hashes from it up to a signed root. */
export interface InclusionProof {
  /** The canonical record (RFC 8785), to be hashed in UTF-8. */
  readonly record: string;
  /** The leaf: how many events came before it. */
  readonly index: number;
  /** The audit path, in base64, from the leaf's sibling up. */
  readonly hashes: readonly string[];
  /** The signed checkpoint, a C2SP signed note. */
  readonly checkpoint: string;
}

/** A proof as C2SP tlog-proof has it; the record is its extra data. */
export function proofText({ record, index, hashes, checkpoint }: InclusionProof): string {
  const extra = Buffer.from(record).toString('base64');
  return [`c2sp.org/tlog-proof@v1`, `extra ${extra}`, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}

/** That a log was only added to between two checkpoints, in the form of a request to a witness (C2SP tlog-witness). */
export function consistencyText(older: number, hashes: readonly string[], { note }: PublishedCheckpoint): string {
  return [`old ${older}`, ...hashes, '', note].join('\n');
}

/** Hashes as they stand in proofs. */
export function base64Of(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => Buffer.from(hash).toString('base64'));
}

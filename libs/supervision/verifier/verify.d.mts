/** The stand-alone verifier: see `verify.mjs`. Public keys are texts `name+id+base64`. */

/** What is claimed does not follow from what is given; the message says why. */
export declare class NotProven extends Error {}

export interface Signer {
  readonly name: string;
  /** The key's id: eight hexadecimal digits. */
  readonly id: string;
  readonly kind: 'log' | 'witness';
  /** When a witness says that it signed, in seconds since 1970. */
  readonly time?: number;
}

export interface OpenedCheckpoint {
  readonly origin: string;
  /** Leaves of the tree. */
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly signers: readonly Signer[];
  readonly text: string;
}

export interface DescribedCheckpoint {
  readonly origin: string;
  readonly size: bigint;
  /** In base64. */
  readonly root: string;
  readonly signers: readonly Signer[];
}

/** A record as the log has it; `data` holds sealed fields as ciphertext. */
export interface ProvenRecord {
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly data?: unknown;
  readonly metadata?: unknown;
}

/** A proof as JSON. */
export interface ProofJson {
  readonly record: string;
  readonly index: string | number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
}

export interface Proven extends DescribedCheckpoint {
  readonly record: ProvenRecord;
  readonly text: string;
  readonly index: bigint;
}

export interface ProvenStatement extends DescribedCheckpoint {
  readonly events: number;
  readonly lastRevision: string | undefined;
  /** What the statement shows and the log cannot prove. */
  readonly unproven: readonly string[];
}

export declare function sha256(bytes: Uint8Array): Uint8Array;
export declare function leafHash(record: string | Uint8Array): Uint8Array;
export declare function checkInclusion(
  index: bigint,
  size: bigint,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
  root: Uint8Array,
): void;
export declare function checkConsistency(
  older: bigint,
  size: bigint,
  path: readonly Uint8Array[],
  olderRoot: Uint8Array,
  root: Uint8Array,
): void;
export declare function parseKey(text: string): {
  readonly name: string;
  readonly id: string;
  readonly type: number;
  readonly bytes: Uint8Array;
};
export declare function openCheckpoint(note: string, keys: readonly string[]): Promise<OpenedCheckpoint>;
/** The keys that a known key of a log has handed over to, itself first. */
export declare function successorsOf(knownKey: string, handovers: readonly string[]): Promise<string[]>;
export declare function verifyProof(proof: string | ProofJson, keys: readonly string[]): Promise<Proven>;
export declare function verifyConsistency(
  olderCheckpoint: string,
  proof: string,
  keys: readonly string[],
): Promise<{ readonly older: DescribedCheckpoint; readonly newer: DescribedCheckpoint }>;
export declare function verifyStatement(document: string | object, keys: readonly string[]): Promise<ProvenStatement>;
/** The digest that a printed statement bears, made anew from the statement. */
export declare function statementDigest(statement: object): string;
export declare function verifyAny(
  text: string,
  keys: readonly string[],
  older?: string,
): Promise<Readonly<Record<string, unknown>> & { readonly proven: string }>;

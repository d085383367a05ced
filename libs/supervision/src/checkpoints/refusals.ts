import { DomainError } from '@provident/kernel';

/** Why a checkpoint, a key or a cosignature is not taken. */

const ONE_LOG = 'C2SP tlog-checkpoint: a log signs no checkpoint that is inconsistent with one it signed before.';

export const noKey = (): DomainError =>
  new DomainError(
    'checkpoint-key-missing',
    'No key for checkpoints was introduced yet.',
    'A checkpoint is signed with a key that the log itself names.',
    'Start the supervisor (or the office) with its key once.',
  );

export const wrongKind = (what: string, whose: string): DomainError =>
  new DomainError(
    'key-of-another-kind',
    `The key cannot sign ${what}.`,
    `C2SP: ${what} are signed with a key of ${whose}.`,
    `Give a public key that was made for ${whose}.`,
  );

export const keyUsedUp = (): DomainError =>
  new DomainError(
    'checkpoint-key-used-up',
    'This key was replaced by a later one.',
    'A key that was replaced signs no more: its successor was introduced because of something.',
    'Set CHECKPOINT_KEY to the present key, or make a new one: ledgerctl checkpoint new-key.',
  );

export const handoverFalse = (): DomainError =>
  new DomainError(
    'handover-false',
    'The earlier key did not sign that this key follows it.',
    'A handover is a note of the new key, signed with the key that it replaces.',
    'Make it anew with the earlier key, or leave it out and tell the new key by letter.',
  );

export const notSignedByUs = (id: string): DomainError =>
  new DomainError(
    'note-not-signed',
    `The note is not signed with the log's present key ${id}.`,
    'Only notes of the present key are taken up.',
    'Sign it with the present key.',
    { key: id },
  );

export const inconsistent = (size: number): DomainError =>
  new DomainError(
    'checkpoint-inconsistent',
    `The tree has another root at ${size} leaves than the checkpoint that was signed there.`,
    ONE_LOG,
    'The log or its tree was changed after that checkpoint. Compare with an archive (ledgerctl fsck) and tell the supervisory authority.',
    { size },
  );

export const moved = (last: number): DomainError =>
  new DomainError(
    'checkpoint-moved',
    `Another process signed a checkpoint of ${last} leaves meanwhile.`,
    ONE_LOG,
    'Sign again: the tree is compared with that checkpoint first.',
    { last },
  );

export const notLarger = (size: number, last: number): DomainError =>
  new DomainError(
    'checkpoint-not-larger',
    `The checkpoint of ${size} leaves comes after one of ${last}.`,
    ONE_LOG,
    'Sign a checkpoint of the log as it is now.',
    { size, last },
  );

export const checkpointUnknown = (size: number): DomainError =>
  new DomainError(
    'checkpoint-unknown',
    `There is no checkpoint of ${size} leaves among the latest ones.`,
    'A proof, a cosignature and an attestation name a checkpoint that was signed.',
    'List the checkpoints and take the size of one of them.',
    { size },
  );

export const tooManyWitnesses = (most: number): DomainError =>
  new DomainError(
    'too-many-witnesses',
    `There are ${most} witnesses already.`,
    'A verifier must accept notes with sixteen signatures; more may be refused.',
    'Dismiss a witness first.',
    { most },
  );

export const witnessUnknown = (name: string): DomainError =>
  new DomainError(
    'witness-unknown',
    `The cosignature is one of ${name}, whose key was not admitted.`,
    'Cosignatures count of witnesses whose public keys were taken up before.',
    'Admit the witness with its public key, or ask it to sign with the key that is known.',
    { name },
  );

export const cosignatureFalse = (name: string): DomainError =>
  new DomainError(
    'cosignature-false',
    `The cosignature of ${name} does not verify.`,
    'C2SP tlog-cosignature: a signature over the checkpoint and its time.',
    'Ask the witness to sign the checkpoint file as it was published.',
    { name },
  );

import { readPublicKey } from '../checkpoints/note-keys.js';
import { isSignedBy, readHead, readNote } from '../checkpoints/signed-note.js';
import { DomainError } from '@provident/kernel';
import type { CheckpointReader } from './checkpoint-watch.js';

/** Reads checkpoints that one of these public keys signed, and throws at every other. Throws `key-malformed` at once. */
export function checkpointsSignedBy(publicKeys: readonly string[]): CheckpointReader {
  const keys = publicKeys.map(readPublicKey);
  return (text) => {
    const note = readNote(text);
    if (!keys.some((key) => note.signatures.some((signature) => isSignedBy(key, note.text, signature)))) {
      throw new DomainError(
        'checkpoint-unsigned',
        'None of the keys given signed it.',
        'A checkpoint counts when a key that the reader knows signed it.',
        'Give the public key of the log or of a witness (--key), from a source that you trust.',
      );
    }
    const { size, root } = readHead(note);
    return { size, root: Buffer.from(root, 'base64') };
  };
}

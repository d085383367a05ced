import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { BrokenInvariant, DomainError, invariant, SEALED_PATTERN } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { PersonKey, PersonKeys } from './person-keys.js';

/** What a field gives whose key was erased. */
export const ERASED = Symbol('Erased');
export type Erased = typeof ERASED;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = new RegExp(`^${SEALED_PATTERN}$`);

/**
 * Encrypts single fields by AES-256-GCM under the key of the person (or record) that they belong to. A sealed field names
 * its key and the field that it was sealed for (`SEALED_PATTERN`); both are authenticated with it, so that it opens under no
 * other.
 *
 * The nonce is the first 96 bits of an HMAC, under a key of the person's own, over event id, field and text. A repeated
 * command therefore gives the very same bytes, which the event store recognises as the same event. Two nonces of one key are
 * equal only if all three parts are (then the ciphertexts are equal as well, and tell no more than that they are the same
 * field of the same event), or by chance: with a million fields of one person, less than 2^-57. The text is among the parts
 * because one event id with two texts - an idempotency key that is used twice - must not give one nonce with two plaintexts,
 * which would betray both.
 */
export class PersonalCipher {
  constructor(private readonly keys: Pick<PersonKeys, 'of'>) {}

  /** Throws `person-erased` when the key was erased. `field`: its path in the event, `/` between, list places left out. */
  async seal(keyId: string, eventId: string, field: string, text: string): Promise<string> {
    invariant(text.length <= LIMITS.personalFieldCharacters, `The personal field ${field} is too long.`);
    const key = await this.keys.of(keyId, 'seal');
    if (key === 'erased') throw erasedPerson(keyId);
    return sealed(key, keyId, eventId, field, text);
  }

  /**
   * The text, or `ERASED`. Throws `BrokenInvariant` for a text that was tampered with, or was sealed for another field or
   * under another key than the ones expected.
   */
  async open(
    text: string,
    expected: { readonly field?: string; readonly keyId?: string } = {},
  ): Promise<string | Erased> {
    const [, version, keyId, field, body] = SEALED.exec(text) ?? [];
    if (version !== '1' || keyId === undefined || field === undefined || body === undefined) {
      const said = version === undefined ? 'is not sealed' : `was sealed in form ${version}, which is not known here`;
      throw new BrokenInvariant(`A personal field ${said}.`);
    }
    if ((expected.keyId ?? keyId) !== keyId || (expected.field ?? field) !== field) throw doesNotOpen(field);
    const key = await this.keys.of(keyId, 'open');
    return key === 'erased' ? ERASED : openedBytes(key, keyId, field, Buffer.from(body, 'base64url')).toString();
  }

  /** A file sealed under a key of its own: nonce, tag and ciphertext. The same file under the same key has the same bytes. */
  async sealBytes(keyId: string, bytes: Buffer): Promise<Buffer> {
    const key = await this.keys.of(keyId, 'seal');
    if (key === 'erased') throw erasedPerson(keyId);
    const nonce = createHmac('sha256', key.nonces).update('file').update(bytes).digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce).setAAD(associated(keyId, 'file'));
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** The file, or `undefined` when its key was erased. Throws `BrokenInvariant` for one that was tampered with. */
  async openBytes(keyId: string, sealed: Buffer): Promise<Buffer | undefined> {
    const key = await this.keys.of(keyId, 'open');
    return key === 'erased' ? undefined : openedBytes(key, keyId, 'file', sealed);
  }
}

function sealed(key: PersonKey, keyId: string, eventId: string, field: string, text: string): string {
  const parts = [eventId, field, text].map((part) => Buffer.from(part));
  const hmac = createHmac('sha256', key.nonces);
  // Each part behind its length, so that no two lists of parts give the same bytes.
  for (const part of parts) hmac.update(`${part.length}:`).update(part);
  const nonce = hmac.digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce).setAAD(associated(keyId, field));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `sealed.1.${keyId}.${field}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

function openedBytes(key: PersonKey, keyId: string, field: string, bytes: Buffer): Buffer {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw doesNotOpen(field);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.encryption, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated(keyId, field)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw doesNotOpen(field);
  }
}

function associated(keyId: string, field: string): Buffer {
  return Buffer.from(JSON.stringify([1, keyId, field]));
}

function doesNotOpen(field: string): BrokenInvariant {
  return new BrokenInvariant(`The personal field ${field} does not open: it was not sealed for this place and person.`);
}

function erasedPerson(personId: string): DomainError {
  return new DomainError(
    'person-erased',
    'The personal data was erased; nothing personal can be recorded there any more.',
    '个人信息保护法 第47条: personal information is deleted when the duty to keep it has ended.',
    'Check whether the right person is meant.',
    { personId },
  );
}

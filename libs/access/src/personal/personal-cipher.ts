import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { BrokenInvariant, DomainError, invariant } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { PersonKey, PersonKeys } from './person-keys.js';

/** Where a field stands: authenticated with it, so that a ciphertext moved elsewhere does not open. */
export interface FieldPlace {
  /** Type of the event that the field belongs to. */
  readonly type: string;
  /** Path of the field in the event's data, with `/` between, list places left out: `lines/name`. */
  readonly field: string;
}

/** What a field gives whose person was erased. */
export const ERASED = Symbol('Erased');
export type Erased = typeof ERASED;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^sealed\.(\d+)\.([0-9a-f-]{36})\.([A-Za-z0-9_-]+)$/;

/**
 * Encrypts single fields by AES-256-GCM under the key of the person they tell of. A sealed field is the text
 * `sealed.<version>.<person id>.<base64url of nonce, tag and ciphertext>`: it names the key that opens it, so that it may
 * be copied into tables and messages as it is, and be opened wherever its event type and field are known.
 *
 * The nonce is the first 96 bits of an HMAC, under a key of the person's own, over event id, type, field and text. A
 * repeated command therefore gives the very same bytes, which the event store recognises as the same event. Two nonces of
 * one key are equal only if all four parts are (then the ciphertexts are equal as well, and tell no more than that they
 * are the same field of the same event), or by chance: with a million fields of one person, less than 2^-57. The text is
 * among the parts because one event id with two texts - an idempotency key that is used twice - must not give one nonce
 * with two plaintexts, which would betray both.
 */
export class PersonalCipher {
  constructor(private readonly keys: PersonKeys) {}

  /** Throws `person-erased` when the person's key was erased. */
  async seal(personId: string, eventId: string, place: FieldPlace, text: string): Promise<string> {
    invariant(text.length <= LIMITS.personalFieldCharacters, `The personal field ${place.field} is too long.`);
    const key = await this.keys.of(personId, 'seal');
    if (key === 'erased') throw erasedPerson(personId);
    return sealed(key, personId, eventId, place, text);
  }

  /**
   * The text, or `ERASED`. Throws `BrokenInvariant` for a text that was not sealed for this place, was tampered with, or
   * belongs to another person than the one named.
   */
  async open(text: string, place: FieldPlace, personId?: string): Promise<string | Erased> {
    const [, version, owner, body] = SEALED.exec(text) ?? [];
    if (version !== '1' || owner === undefined || body === undefined) {
      const said = version === undefined ? 'is not sealed' : `was sealed in form ${version}, which is not known here`;
      throw new BrokenInvariant(`The field ${place.field} of ${place.type} ${said}.`);
    }
    if (personId !== undefined && personId !== owner) throw doesNotOpen(place);
    const key = await this.keys.of(owner, 'open');
    return key === 'erased' ? ERASED : opened(key, owner, place, Buffer.from(body, 'base64url'));
  }
}

/** Whether a text is one of ours, of any version. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

function sealed(key: PersonKey, personId: string, eventId: string, place: FieldPlace, text: string): string {
  const parts = [eventId, place.type, place.field, text].map((part) => Buffer.from(part));
  const hmac = createHmac('sha256', key.nonces);
  // Each part behind its length, so that no two lists of parts give the same bytes.
  for (const part of parts) hmac.update(`${part.length}:`).update(part);
  const nonce = hmac.digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce).setAAD(associated(personId, place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `sealed.1.${personId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

function opened(key: PersonKey, personId: string, place: FieldPlace, bytes: Buffer): string {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw doesNotOpen(place);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.encryption, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated(personId, place)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
  } catch {
    throw doesNotOpen(place);
  }
}

function associated(personId: string, { type, field }: FieldPlace): Buffer {
  return Buffer.from(JSON.stringify([1, personId, type, field]));
}

function doesNotOpen({ type, field }: FieldPlace): BrokenInvariant {
  return new BrokenInvariant(
    `The field ${field} of ${type} does not open: it was not sealed for this place and person.`,
  );
}

function erasedPerson(personId: string): DomainError {
  return new DomainError(
    'person-erased',
    "The person's data was erased; nothing personal can be recorded about this person any more.",
    '个人信息保护法 第47条: personal information is deleted when the duty to keep it has ended.',
    'Check whether the right person is meant; a person who returns is registered anew.',
    { personId },
  );
}

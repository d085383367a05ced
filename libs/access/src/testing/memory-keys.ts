import { createSecretKey, randomBytes } from 'node:crypto';
import type { PersonKey, PersonKeys } from '../personal/person-keys.js';
import { PersonalCipher } from '../personal/personal-cipher.js';
import { SealedPersonalData } from '../personal/personal-fields.js';

/** Keys of people in memory, for tests that need no vault. */
export class MemoryKeys implements Pick<PersonKeys, 'of' | 'ensure'> {
  private readonly keys = new Map<string, PersonKey | 'erased'>();

  of(keyId: string): Promise<PersonKey | 'erased'> {
    const [encryption, nonces] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
    const key = this.keys.get(keyId) ?? { encryption, nonces };
    this.keys.set(keyId, key);
    return Promise.resolve(key);
  }

  ensure(): Promise<void> {
    return Promise.resolve();
  }

  erase(keyId: string): void {
    this.keys.set(keyId, 'erased');
  }
}

/** Seals and opens under keys in memory. */
export function memoryPersonalData(keys = new MemoryKeys()): SealedPersonalData {
  return new SealedPersonalData(new PersonalCipher(keys), keys);
}

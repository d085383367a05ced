import { createSecretKey, randomBytes } from 'node:crypto';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { PERSONAL_DATA } from '@provident/event-store';
import { PersonErasure } from '../personal/person-erasure.js';
import { PersonIndex } from '../personal/person-index.js';
import type { PersonKey, PersonKeys } from '../personal/person-keys.js';
import { PersonalCipher } from '../personal/personal-cipher.js';
import { SealedPersonalData } from '../personal/personal-fields.js';

/** Keys of people in memory, for tests that need no vault. */
export class MemoryKeys implements Pick<PersonKeys, 'of' | 'ensure'> {
  private readonly keys = new Map<string, PersonKey>();

  of(keyId: string): Promise<PersonKey> {
    const [encryption, nonces] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
    const key = this.keys.get(keyId) ?? { encryption, nonces };
    this.keys.set(keyId, key);
    return Promise.resolve(key);
  }

  ensure(): Promise<void> {
    return Promise.resolve();
  }
}

/** Seals and opens under keys in memory. */
export function memoryPersonalData(keys = new MemoryKeys()): SealedPersonalData {
  return new SealedPersonalData(new PersonalCipher(keys), keys);
}

/** In the place of `PersonalDataModule`, for several applications of one test that share an event store. */
@Global()
@Module({})
export class MemoryPersonalDataModule {
  static with(keys: MemoryKeys): DynamicModule {
    const providers = [
      { provide: SealedPersonalData, useValue: memoryPersonalData(keys) },
      { provide: PersonalCipher, useValue: new PersonalCipher(keys) },
      // Nobody is erased in these tests.
      { provide: PersonErasure, useValue: undefined },
      { provide: PERSONAL_DATA, useExisting: SealedPersonalData },
      { provide: PersonIndex, useValue: new PersonIndex(Buffer.alloc(32, 7)) },
    ];
    return { module: MemoryPersonalDataModule, providers, exports: providers.map((each) => each.provide) };
  }
}

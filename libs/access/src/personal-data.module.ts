import {
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { PERSONAL_DATA } from '@provident/event-store';
import { CLOCK, type Clock } from '@provident/kernel';
import { MasterKeys } from './personal/master-keys.js';
import { InstallationSecrets, PersonIndex } from './personal/person-index.js';
import { PersonErasure } from './personal/person-erasure.js';
import { PersonKeys } from './personal/person-keys.js';
import { PersonalCipher } from './personal/personal-cipher.js';
import { SealedPersonalData } from './personal/personal-fields.js';
import { Vault } from './vault/vault.js';

/** A value that the application makes of its own parts. */
export interface MadeOf<Value> {
  readonly inject?: readonly InjectionToken[];
  // The parts are what the tokens stand for; Nest cannot type them either.
  readonly useFactory: (...parts: never[]) => Value | Promise<Value>;
}

export interface PersonalDataOptions {
  readonly imports?: ModuleMetadata['imports'];
  /** `postgres://` address of the vault: its own database, or the read side's. */
  readonly vaultUrl: MadeOf<string>;
  readonly masterKeys: MasterKeys;
}

@Injectable()
class Shutdown implements OnApplicationShutdown {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  onApplicationShutdown(): Promise<void> {
    return this.vault.close();
  }
}

type Made = (vault: Vault, master: MasterKeys, now: () => Date) => object;

/** A part that rests on the vault, the master keys and the clock, as most do. */
export const onVault = (provide: InjectionToken, make: Made): Provider => ({
  provide,
  useFactory: (vault: Vault, master: MasterKeys, clock: Clock) => make(vault, master, () => clock.now()),
  inject: [Vault, MasterKeys, CLOCK],
});

const PARTS: readonly Provider[] = [
  onVault(InstallationSecrets, (vault, master, now) => new InstallationSecrets(vault, master, now)),
  onVault(PersonKeys, (vault, master, now) => new PersonKeys(vault, master, now)),
  { provide: PersonalCipher, useFactory: (keys: PersonKeys) => new PersonalCipher(keys), inject: [PersonKeys] },
  {
    provide: SealedPersonalData,
    useFactory: (cipher: PersonalCipher, keys: PersonKeys) => new SealedPersonalData(cipher, keys),
    inject: [PersonalCipher, PersonKeys],
  },
  { provide: PERSONAL_DATA, useExisting: SealedPersonalData },
  {
    provide: PersonErasure,
    useFactory: (keys: PersonKeys, vault: Vault) => new PersonErasure(keys, vault),
    inject: [PersonKeys, Vault],
  },
  {
    provide: PersonIndex,
    useFactory: async (secrets: InstallationSecrets) => new PersonIndex(await secrets.secret('person-index')),
    inject: [InstallationSecrets],
  },
];

/**
 * The vault, the keys of people and what is done with them. Global, because whoever decides or shows people's records
 * needs it. The clock comes from a global module.
 */
@Global()
@Module({})
export class PersonalDataModule {
  static forRoot({ imports, vaultUrl, masterKeys }: PersonalDataOptions): DynamicModule {
    return {
      module: PersonalDataModule,
      imports: imports ?? [],
      providers: [
        {
          provide: Vault,
          useFactory: async (...parts: never[]) => Vault.open(await vaultUrl.useFactory(...parts)),
          inject: [...(vaultUrl.inject ?? [])],
        },
        { provide: MasterKeys, useValue: masterKeys },
        ...PARTS,
        Shutdown,
      ],
      exports: [
        ...[Vault, MasterKeys, InstallationSecrets],
        ...[PersonKeys, PersonalCipher, SealedPersonalData, PERSONAL_DATA, PersonErasure, PersonIndex],
      ],
    };
  }
}

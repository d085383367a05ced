import {
  type DynamicModule,
  Inject,
  Injectable,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider as NestProvider,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AREA, EventStore } from '@provident/event-store';
import { CLOCK, type Clock } from '@provident/kernel';
import { AccessGuard } from './guard/access.guard.js';
import { TARGET_FINDERS, type TargetFinders } from './guard/targets.js';
import { accessHandlers } from './handlers.js';
import { RATE_LIMITS, type RateOptions, rateLimits, USUAL_RATES } from './hardening/rate-limits.js';
import { MasterKeys } from './personal/master-keys.js';
import { InstallationSecrets, PersonIndex } from './personal/person-index.js';
import { PersonKeys } from './personal/person-keys.js';
import { PersonalCipher } from './personal/personal-cipher.js';
import { SealedPersonalData } from './personal/personal-fields.js';
import { RecordsController } from './records.controller.js';
import { IdempotencyInterceptor } from './records/idempotency.interceptor.js';
import { ReadLog } from './records/read-log.js';
import { RefusalLog } from './records/refusal-log.js';
import { SignInController } from './sign-in.controller.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { Logins } from './sign-in/logins.js';
import { PasswordHasher } from './sign-in/password-hasher.js';
import { Pauses } from './sign-in/pauses.js';
import { Provider, type ProviderOptions } from './sign-in/provider.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { SigningKeys } from './sign-in/signing-keys.js';
import { UsersController } from './users.controller.js';
import { Users } from './users.js';
import { Vault } from './vault/vault.js';

/** A value that the application makes of its own parts. */
export interface MadeOf<Value> {
  readonly inject?: readonly InjectionToken[];
  // The parts are what the tokens stand for; Nest cannot type them either.
  readonly useFactory: (...parts: never[]) => Value | Promise<Value>;
}

export interface AccessOptions {
  readonly imports?: ModuleMetadata['imports'];
  /** `postgres://` address of the vault: its own database, or the read side's. */
  readonly vaultUrl: MadeOf<string>;
  readonly masterKeys: MasterKeys;
  /** Finders of what a request does not say itself, by name. */
  readonly finders?: MadeOf<TargetFinders>;
  readonly provider?: ProviderOptions;
  readonly rates?: RateOptions;
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
const onVault = (provide: InjectionToken, make: Made): NestProvider => ({
  provide,
  useFactory: (vault: Vault, master: MasterKeys, clock: Clock) => make(vault, master, () => clock.now()),
  inject: [Vault, MasterKeys, CLOCK],
});

const PERSONAL: readonly NestProvider[] = [
  onVault(InstallationSecrets, (vault, master, now) => new InstallationSecrets(vault, master, now)),
  onVault(PersonKeys, (vault, master, now) => new PersonKeys(vault, master, now)),
  { provide: PersonalCipher, useFactory: (keys: PersonKeys) => new PersonalCipher(keys), inject: [PersonKeys] },
  {
    provide: SealedPersonalData,
    useFactory: (cipher: PersonalCipher) => new SealedPersonalData(cipher),
    inject: [PersonalCipher],
  },
  {
    provide: PersonIndex,
    useFactory: async (secrets: InstallationSecrets) => new PersonIndex(await secrets.secret('person-index')),
    inject: [InstallationSecrets],
  },
];

/** The key under which callers and login names are counted. */
const CALLERS = Symbol('Callers');

const SIGN_IN: readonly NestProvider[] = [
  {
    provide: CALLERS,
    useFactory: (secrets: InstallationSecrets) => secrets.secret('callers'),
    inject: [InstallationSecrets],
  },
  { provide: PasswordHasher, useFactory: () => new PasswordHasher() },
  {
    provide: Logins,
    useFactory: (vault: Vault, hasher: PasswordHasher, clock: Clock) => new Logins(vault, hasher, () => clock.now()),
    inject: [Vault, PasswordHasher, CLOCK],
  },
  onVault(Pauses, (vault, _, now) => new Pauses(vault, now)),
  onVault(Sessions, (vault, _, now) => new Sessions(vault, now)),
  onVault(SigningKeys, (vault, master, now) => new SigningKeys(vault, master, now)),
  {
    provide: AccessTokens,
    useFactory: (keys: SigningKeys, area: string, clock: Clock) =>
      new AccessTokens(keys, `provident:${area}`, () => clock.now()),
    inject: [SigningKeys, AREA, CLOCK],
  },
  { provide: Users, useFactory: (store: EventStore) => new Users(store), inject: [EventStore] },
  {
    provide: SignIn,
    useFactory: (
      ...[logins, hasher, pauses, sessions, tokens, users, callers]: [
        ...[Logins, PasswordHasher, Pauses, Sessions, AccessTokens, Users],
        Buffer,
      ]
    ) => new SignIn({ logins, hasher, pauses, sessions, tokens, users, callers }),
    inject: [Logins, PasswordHasher, Pauses, Sessions, AccessTokens, Users, CALLERS],
  },
];

const RECORDS: readonly NestProvider[] = [
  onVault(ReadLog, (vault, _, now) => new ReadLog(vault, now)),
  {
    provide: RefusalLog,
    useFactory: (vault: Vault, callers: Buffer, clock: Clock) => new RefusalLog(vault, callers, () => clock.now()),
    inject: [Vault, CALLERS, CLOCK],
  },
];

/**
 * Sign-in, rights, and personal data. Importing it puts its guard before every route of the application. Event store and
 * clock come from global modules; `hardenHttp` does the rest of the HTTP side.
 */
@Module({})
export class AccessModule {
  static forRoot(options: AccessOptions): DynamicModule {
    const { vaultUrl, masterKeys, finders, provider, rates } = options;
    const own: NestProvider[] = [
      {
        provide: Vault,
        useFactory: async (...parts: never[]) => Vault.open(await vaultUrl.useFactory(...parts)),
        inject: [...(vaultUrl.inject ?? [])],
      },
      { provide: MasterKeys, useValue: masterKeys },
      { provide: RATE_LIMITS, useValue: rateLimits(rates ?? USUAL_RATES) },
      {
        provide: TARGET_FINDERS,
        useFactory: (...parts: never[]) => finders?.useFactory(...parts) ?? {},
        inject: [...(finders?.inject ?? [])],
      },
      onVault(Provider, (vault, _, now) =>
        // Nest takes null for "there is none".
        provider === undefined ? (null as never) : new Provider(vault, provider, now),
      ),
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      Shutdown,
    ];
    const shared = [...own, ...PERSONAL, ...SIGN_IN, ...RECORDS];
    const tokens = [Vault, PersonKeys, PersonalCipher, SealedPersonalData, PersonIndex, InstallationSecrets];
    return {
      module: AccessModule,
      imports: [CqrsModule, ...(options.imports ?? [])],
      controllers: [SignInController, UsersController, RecordsController],
      providers: [...shared, ...accessHandlers],
      exports: [...tokens, Logins, Sessions, SigningKeys, Users, ReadLog, RefusalLog, RATE_LIMITS],
    };
  }
}

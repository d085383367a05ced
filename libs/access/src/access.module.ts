import { type DynamicModule, Global, Module, type ModuleMetadata, type Provider as NestProvider } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AREA, EventStore } from '@provident/event-store';
import { CLOCK, type Clock } from '@provident/kernel';
import { AccessGuard } from './guard/access.guard.js';
import { TARGET_FINDERS, type TargetFinders } from './guard/targets.js';
import { accessHandlers } from './handlers.js';
import { RATE_LIMITS, type RateOptions, rateLimits, USUAL_RATES } from './hardening/rate-limits.js';
import { InstallationSecrets } from './personal/person-index.js';
import { type MadeOf, onVault } from './personal-data.module.js';
import { RecordsController } from './records.controller.js';
import { IdempotencyInterceptor } from './records/idempotency.interceptor.js';
import { ReadLog } from './records/read-log.js';
import { RefusalLog } from './records/refusal-log.js';
import { TellsOfInterceptor } from './records/tells-of.js';
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

export interface AccessOptions {
  readonly imports?: ModuleMetadata['imports'];
  /** Finders of what a request does not say itself, by name. */
  readonly finders?: MadeOf<TargetFinders>;
  readonly provider?: ProviderOptions;
  readonly rates?: RateOptions;
}

/** The key under which callers, login names and bodies of requests are told apart. */
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
 * Sign-in and rights. Importing it puts its guard before every route of the application. Event store, clock and
 * `PersonalDataModule` are global modules; `hardenHttp` does the rest of the HTTP side.
 */
@Global()
@Module({})
export class AccessModule {
  static forRoot(options: AccessOptions): DynamicModule {
    const { finders, provider, rates } = options;
    const own: NestProvider[] = [
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
      {
        provide: APP_INTERCEPTOR,
        useFactory: (vault: Vault, clock: Clock, key: Buffer) => new IdempotencyInterceptor(vault, clock, key),
        inject: [Vault, CLOCK, CALLERS],
      },
      { provide: APP_INTERCEPTOR, useClass: TellsOfInterceptor },
    ];
    return {
      module: AccessModule,
      imports: [CqrsModule, ...(options.imports ?? [])],
      controllers: [SignInController, UsersController, RecordsController],
      providers: [...own, ...SIGN_IN, ...RECORDS, ...accessHandlers],
      exports: [Logins, Sessions, SigningKeys, Users, ReadLog, RefusalLog, RATE_LIMITS],
    };
  }
}

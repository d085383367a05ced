import { randomBytes, randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Global,
  HttpException,
  Module,
  Param,
  Post,
  Query,
  ValidationPipe,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AccessModule,
  type AccessOptions,
  assertEveryRouteDeclares,
  FromUser,
  GrantRole,
  hardenHttp,
  LocalMasterKey,
  Logins,
  MasterKeys,
  Needs,
  PersonalDataModule,
  Public,
  RegisterUser,
  type Role,
  type Scope,
  type Department,
  userIdOf,
  watchServerRoutes,
} from '@provident/access';
import { type EmbeddedEventStore, startEmbeddedEventStore } from '@provident/embedded-event-store';
import { EventStoreModule } from '@provident/event-store';
import { CreditCode, ProblemFilter, type RequestContext, Uuid } from '@provident/http';
import { businessDate, CLOCK, type CommandContext } from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';
import { testDatabase } from '@provident/projections/testing/test-database';

export const AREA = '310000';
export const EMPLOYER = '91350100M000100Y43';
export const OTHER_EMPLOYER = '91310000MA1FL0000X';

/** A clock that stands until a test moves it. */
export class TestClock {
  private at = new Date('2026-05-31T04:00:00Z');
  now = (): Date => this.at;

  forward(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

class EnrolBody {
  @CreditCode() employer: string;
  @Uuid() personId: string;
}

/** Routes of each kind: about a person, an employer, an area, a case, and about nobody. */
@Controller('api')
class DeskController {
  @Get('people/:personId/statement')
  @Needs('statement.read', { person: 'param:personId' })
  statement(@Param('personId') personId: string): object {
    return { personId };
  }

  @Get('employers/:creditCode/declarations')
  @Needs('declaration.read', { employer: 'param:creditCode' })
  declarations(@Param('creditCode') creditCode: string): object {
    return { creditCode };
  }

  @Post('enrolments')
  @Needs('person.enrol', { employer: 'body:employer', person: 'body:personId' })
  enrol(@Body() body: EnrolBody, @FromUser() { actor, commandId }: RequestContext): object {
    return { ...body, actor, commandId };
  }

  @Get('books')
  @Needs('books.read', { area: 'query:area' })
  books(@Query('area') area: string): object {
    return { area };
  }

  @Get('cases/:caseId')
  @Needs('case.read', { by: { finder: 'case', id: 'param:caseId' } })
  case(@Param('caseId') caseId: string): object {
    return { caseId };
  }

  @Post('cases/:caseId/approval')
  @Needs('case.approve', { by: { finder: 'case', id: 'param:caseId' } })
  approve(@Param('caseId') caseId: string): object {
    return { caseId };
  }

  @Get('formulas')
  @Needs('calculation.run')
  formulas(): object {
    return [];
  }

  @Get('failing')
  @Public('a test of errors')
  failing(): never {
    throw new Error('secret of the inside');
  }
}

@Controller('api/forgotten')
class ForgottenController {
  @Get()
  open(): object {
    throw new HttpException('It must not come to this.', 500);
  }
}

export interface AccessApp {
  readonly app: NestFastifyApplication;
  readonly clock: TestClock;
  readonly database: ReadDatabase;
  readonly store: EmbeddedEventStore;
  readonly master: LocalMasterKey;
  /** Routes that the HTTP server was given. */
  readonly serverRoutes: () => readonly string[];
  close(): Promise<void>;
}

export interface AppOptions extends Partial<Pick<AccessOptions, 'provider' | 'rates'>> {
  /** With a route that declares nothing. */
  readonly forgetful?: boolean;
  /** Listens on a port of the system's choice. */
  readonly listen?: boolean;
}

/** Cases of the tests: their id is the employer's code. */
const finders: NonNullable<AccessOptions['finders']> = {
  useFactory: () => ({
    case: (id) => Promise.resolve(/^case-/.test(id) ? { employers: [id.slice(5)], area: AREA } : undefined),
  }),
};

/** A real application with real parts: event store, PostgreSQL, argon2, HTTP. */
export async function openAccessApp(options: AppOptions = {}): Promise<AccessApp> {
  const [database, store] = [await testDatabase(), await startEmbeddedEventStore({ inThread: true })];
  const [clock, master] = [new TestClock(), new LocalMasterKey(randomBytes(32))];
  const { forgetful = false, listen = false, ...access } = options;

  @Global()
  @Module({ providers: [{ provide: CLOCK, useValue: clock }], exports: [CLOCK] })
  class ClockModule {}

  const built = await Test.createTestingModule({
    imports: [
      ClockModule,
      EventStoreModule.forRoot({ url: store.url, area: AREA }),
      PersonalDataModule.forRoot({
        vaultUrl: { useFactory: () => database.url },
        masterKeys: new MasterKeys(master),
      }),
      AccessModule.forRoot({ finders, ...access }),
    ],
    controllers: forgetful ? [DeskController, ForgottenController] : [DeskController],
  }).compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.useGlobalFilters(new ProblemFilter());
  const serverRoutes = watchServerRoutes(app.getHttpAdapter().getInstance());
  await hardenHttp(app);
  if (!forgetful) assertEveryRouteDeclares(app);
  await app.init();
  if (listen) await app.listen(0, '127.0.0.1');
  return {
    ...{ app, clock, database, store, master, serverRoutes },
    async close() {
      await app.close();
      await store.stop();
      await database.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

export async function ask(
  { app }: Pick<AccessApp, 'app'>,
  method: 'GET' | 'POST',
  url: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const answer = await app.inject({
    ...{ method, url },
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const text = answer.body;
  return {
    status: answer.statusCode,
    body: text === '' ? {} : (JSON.parse(text) as object as never),
    headers: answer.headers,
  };
}

export const PASSWORD = 'Correct-horse-7-battery';

export interface Someone {
  readonly personId: string;
  readonly userId: string;
  readonly name: string;
}

/** A command's context as a process of the agency's own gives it. */
export function bySystem(): CommandContext {
  const commandId = randomUUID();
  return {
    ...{ commandId, correlationId: commandId, causationId: commandId, actor: 'system:test', area: AREA },
    effectiveDate: businessDate('2026-01-01'),
  };
}

/** Registers somebody with a local account whose password is `PASSWORD`. */
export async function register({ app }: AccessApp, name: string): Promise<Someone> {
  const personId = randomUUID();
  const userId = userIdOf(personId);
  const logins = app.get(Logins, { strict: false });
  await app.get(CommandBus, { strict: false }).execute(new RegisterUser({ personId, loginName: name }, bySystem()));
  await logins.temporaryPassword(userId);
  const login = await logins.find(name);
  if (login === undefined) throw new Error('The login was not made.');
  await logins.changePassword(login, PASSWORD);
  return { personId, userId, name };
}

export async function grant(
  { app }: AccessApp,
  { userId }: Someone,
  role: Role,
  scope: Scope,
  departments: Department[] = [],
): Promise<string> {
  const body = { role, scope, departments, from: businessDate('2026-01-01'), reason: 'test' };
  const result = await app.get(CommandBus, { strict: false }).execute(new GrantRole(userId, body, bySystem()));
  return result.grantId;
}

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export async function signIn(app: AccessApp, { name }: Pick<Someone, 'name'>, password = PASSWORD): Promise<SignedIn> {
  const answer = await ask(app, 'POST', '/api/access/sign-in', { body: { name, password } });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as object as SignedIn;
}

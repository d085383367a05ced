import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { actorOf } from '@provident/access/user';
import { type Department, GrantRole, Logins, RegisterUser, type Role, ROLE_TERMS, type Scope } from '@provident/access';
import { AREA } from '@provident/event-store';
import { businessDate, type CommandContext, deterministicId } from '@provident/kernel';

/** What somebody may do in a test: a role, in the widest reach when none is named. */
export type Holds = Role | { readonly role: Role; readonly scope: Scope; readonly departments?: Department[] };

export interface Person {
  readonly personId: string;
  readonly userId: string;
  /** Who acts, as events name it. */
  readonly actor: string;
}

/** Somebody who has signed in, with what his requests bear. */
export interface SignedIn extends Person {
  readonly name: string;
  readonly headers: { readonly authorization: string };
}

/** Signs in over HTTP, however the test reaches the application. */
export type SignInBy = (body: { name: string; password: string }) => Promise<unknown>;

/** Everybody who handles business at one desk. One person may hold these together; cases tell people apart. */
export const DESK_ROLES: readonly Role[] = ['clerk', 'reviewer', 'approver', 'fund-manager'];

const FROM = businessDate('2020-01-01');

/** Registers somebody who holds the roles; without an account. */
export async function register(
  app: INestApplicationContext,
  holds: readonly Holds[],
  { personId = randomUUID(), name }: { personId?: string; name?: string } = {},
): Promise<Person> {
  const [commands, area] = [app.get(CommandBus, { strict: false }), app.get<string>(AREA, { strict: false })];
  const context = (...parts: string[]): CommandContext => {
    const commandId = deterministicId('test-people', personId, ...parts);
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor: 'system:test', area, effectiveDate: FROM };
  };
  const account = name === undefined ? {} : { loginName: name };
  const { userId } = await commands.execute(new RegisterUser({ personId, ...account }, context('register')));
  for (const each of holds) {
    const role = typeof each === 'string' ? each : each.role;
    const scope = typeof each === 'string' ? widest(role, area) : each.scope;
    const usual: Department[] = ROLE_TERMS[role].departments ? ['human-resources'] : [];
    const departments = typeof each === 'string' ? usual : (each.departments ?? usual);
    const body = { role, scope, departments, from: FROM, reason: 'test' };
    await commands.execute(new GrantRole(userId, body, context('grant', role, JSON.stringify(scope))));
  }
  return { personId, userId, actor: actorOf(userId) };
}

/** The same with a local account, and signed in to it: once, because the password is hashed as everywhere. */
export async function join(
  app: INestApplicationContext,
  signInBy: SignInBy,
  holds: readonly Holds[],
  personId?: string,
): Promise<SignedIn> {
  const name = `test.${randomUUID()}`;
  const person = await register(app, holds, { name, ...(personId === undefined ? {} : { personId }) });
  return signIn(app, signInBy, { ...person, name });
}

/** Signs in to an account anew, as when time has gone on. */
export async function signIn(
  app: INestApplicationContext,
  signInBy: SignInBy,
  { name, personId, userId, actor }: Person & Pick<SignedIn, 'name'>,
): Promise<SignedIn> {
  const password = await app.get(Logins, { strict: false }).lastingPassword(userId);
  const answer = (await signInBy({ name, password })) as { accessToken?: string };
  if (answer.accessToken === undefined) throw new Error(`Signing in answered ${JSON.stringify(answer)}.`);
  return { personId, userId, actor, name, headers: { authorization: `Bearer ${answer.accessToken}` } };
}

function widest(role: Role, area: string): Scope {
  return ROLE_TERMS[role].scopes.some((kind) => kind === 'all') ? { kind: 'all' } : { kind: 'own-area', area };
}

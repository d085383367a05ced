import { createHmac } from 'node:crypto';
import { Refusal, sessionOver, signInRefused } from '../refusal.js';
import type { Users } from '../users.js';
import type { AccessTokens } from './access-tokens.js';
import { type Login, loginName, type Logins } from './logins.js';
import type { PasswordHasher } from './password-hasher.js';
import type { Pauses } from './pauses.js';
import type { OpenSession, Sessions } from './sessions.js';

export interface Tokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

export interface SignInParts {
  readonly logins: Logins;
  readonly hasher: PasswordHasher;
  readonly pauses: Pauses;
  readonly sessions: Sessions;
  readonly tokens: AccessTokens;
  readonly users: Users;
  /** Key under which login names are counted, so that the list of failures holds no names. */
  readonly callers: Buffer;
}

/** Signing in, staying signed in, and changing a password. */
export class SignIn {
  constructor(private readonly parts: SignInParts) {}

  /** Throws `sign-in-refused`, `sign-in-paused` or `password-change-required`. */
  async withPassword(name: string, password: string): Promise<Tokens> {
    const { login, hash } = await this.proven(name, password);
    if (login.mustChange) throw changeRequired();
    if (this.parts.hasher.isOutdated(hash)) await this.parts.logins.rehash(login.userId, password, hash);
    return this.open(login.userId);
  }

  /** Signs in whom a provider has proven. A user who is disabled or not registered is refused like an unknown one. */
  async asUser(userId: string): Promise<Tokens> {
    if (!(await this.maySignIn(userId))) throw signInRefused();
    return this.open(userId);
  }

  /** Works as long as the present password is right, also when it must be changed. Every session of the user ends. */
  async changePassword(name: string, password: string, next: string): Promise<void> {
    const { login } = await this.proven(name, password);
    await this.parts.logins.changePassword(login, next);
    await this.parts.sessions.endAll(login.userId, 'password-changed');
  }

  async refresh(refreshToken: string, graceMs = 0): Promise<Tokens> {
    const session = await this.parts.sessions.refresh(refreshToken, graceMs);
    if (!(await this.maySignIn(session.userId))) {
      await this.parts.sessions.endAll(session.userId, 'disabled');
      throw sessionOver();
    }
    return this.tokensOf(session);
  }

  /**
   * The account whose password this is. Unknown names go the same way as known ones - counted, compared with a hash,
   * looked up among the users - and end in the same answer.
   */
  private async proven(name: string, password: string): Promise<{ login: Login; hash: string }> {
    const { logins, hasher, pauses, callers } = this.parts;
    const key = createHmac('sha256', callers).update(loginName(name)).digest();
    await pauses.begin(key);
    const login = await logins.find(name);
    const fits = await hasher.verify(login?.passwordHash, password);
    const admitted = await this.maySignIn(login?.userId ?? NOBODY);
    if (login?.passwordHash === undefined || !fits || login.isVoid || !admitted) throw signInRefused();
    await pauses.clear(key);
    return { login, hash: login.passwordHash };
  }

  private async maySignIn(userId: string): Promise<boolean> {
    const state = await this.parts.users.state(userId);
    return state.userId === userId && !state.disabled;
  }

  private async open(userId: string): Promise<Tokens> {
    return this.tokensOf(await this.parts.sessions.open(userId));
  }

  private async tokensOf(session: OpenSession): Promise<Tokens> {
    const { token, expiresInSeconds } = await this.parts.tokens.issue(session);
    return { accessToken: token, expiresInSeconds, refreshToken: session.refreshToken };
  }
}

/** An id that no user has: the nil UUID. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

function changeRequired(): Refusal {
  return new Refusal(
    403,
    'password-change-required',
    'The password must be changed before the account is used.',
    'A password handed out by an operator is changed at the first sign-in, and every password after a time.',
    'POST /api/access/password with the present and a new one, then sign in.',
  );
}

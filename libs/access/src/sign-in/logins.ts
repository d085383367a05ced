import { randomInt } from 'node:crypto';
import { DomainError } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { Vault } from '../vault/vault.js';
import type { PasswordHasher } from './password-hasher.js';
import { checkPassword } from './password-rules.js';

export interface Login {
  readonly userId: string;
  readonly name: string;
  readonly passwordHash: string | undefined;
  /** The password counts no more: a temporary one that was not used in time. */
  readonly isVoid: boolean;
  /** It must be changed before anything else: a temporary one, or one that is too old. */
  readonly mustChange: boolean;
}

const NAME = /^[a-z0-9][a-z0-9._@-]{2,99}$/;
/** No letters or digits that are mistaken for one another when read from paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** One form per name, however it is typed. */
export function loginName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Local accounts: names and argon2id hashes, in the vault. */
export class Logins {
  constructor(
    private readonly vault: Vault,
    private readonly hasher: PasswordHasher,
    private readonly now: () => Date,
  ) {}

  async find(name: string): Promise<Login | undefined> {
    const row = await this.vault.row<LoginRow>('select * from login where name = $1', [loginName(name)]);
    if (row === undefined) return undefined;
    const now = this.now().getTime();
    return {
      userId: row.user_id,
      name: row.name,
      passwordHash: row.password_hash ?? undefined,
      isVoid: row.void_after !== null && row.void_after.getTime() <= now,
      mustChange: row.must_change || (row.changed_at?.getTime() ?? 0) + LIMITS.passwordAgeMs <= now,
    };
  }

  /** The user's login name; `undefined` for one who has no local account. */
  async nameOf(userId: string): Promise<string | undefined> {
    return (await this.vault.row<LoginRow>('select name from login where user_id = $1', [userId]))?.name;
  }

  /** The login names of those users who have one. */
  async namesOf(userIds: readonly string[]): Promise<{ userId: string; name: string }[]> {
    const rows = await this.vault.rows<LoginRow>(
      'select user_id, name from login where user_id = any($1::uuid[]) order by name',
      [userIds],
    );
    return rows.map(({ user_id: userId, name }) => ({ userId, name }));
  }

  /** Gives the user a login name. Repeating it changes nothing; another's name is `login-name-already-taken`. */
  async name(userId: string, text: string): Promise<void> {
    const name = loginName(text);
    if (!NAME.test(name)) {
      throw new DomainError(
        'login-name-malformed',
        'This cannot be a login name.',
        'A login name has 3 to 100 of the characters a-z, 0-9, dot, underscore, @ and hyphen.',
        'Choose another, for example li.wei.',
      );
    }
    await this.vault.run('insert into login (user_id, name) values ($1, $2) on conflict do nothing', [userId, name]);
    const row = await this.vault.row<LoginRow>('select * from login where user_id = $1', [userId]);
    if (row?.name === name) return;
    throw new DomainError(
      'login-name-already-taken',
      row === undefined ? 'Another user has this login name.' : 'The user has another login name.',
      'A login name belongs to one user, and a user has one.',
      'Choose another name, or keep the present one.',
    );
  }

  /** Whether nobody has a local account yet. */
  async areNone(): Promise<boolean> {
    return (await this.vault.row('select 1 from login limit 1')) === undefined;
  }

  /** Puts a random password in the place of the present one, to be changed at the first sign-in. It is told only now. */
  temporaryPassword(userId: string): Promise<string> {
    return this.randomPassword(userId, { mustChange: true });
  }

  /** The same, good until passwords in general must be changed: for accounts that nobody hands over, as a sample's are. */
  lastingPassword(userId: string): Promise<string> {
    return this.randomPassword(userId, { mustChange: false });
  }

  private async randomPassword(userId: string, { mustChange }: { mustChange: boolean }): Promise<string> {
    const password = Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const passwordHash = await this.hasher.hash(password);
    const now = this.now();
    const voidAfter = mustChange ? new Date(now.getTime() + LIMITS.temporaryPasswordMs) : null;
    const changed = await this.vault.run(
      `update login set password_hash = $2, changed_at = $3, must_change = $5, void_after = $4 where user_id = $1`,
      [userId, passwordHash, now, voidAfter, mustChange],
    );
    if (changed === 1) return password;
    throw new DomainError(
      'login-unknown',
      'The user has no login name.',
      'A password belongs to a local account.',
      'Register the user with a login name; users of an OpenID Connect provider have their password there.',
    );
  }

  /** Whether this password would let the account in. For signing in there is `SignIn`, which counts failures. */
  async wouldLetIn(name: string, password: string): Promise<boolean> {
    const login = await this.find(name);
    return (
      login !== undefined && !login.mustChange && !login.isVoid && this.hasher.verify(login.passwordHash, password)
    );
  }

  /** Replaces the password after the rules and the earlier passwords were asked. */
  async changePassword(login: Login, password: string): Promise<void> {
    checkPassword(password, login.name);
    const earlier = await this.vault.rows<{ password_hash: string }>(
      'select password_hash from earlier_password where user_id = $1 order by replaced_at desc limit $2',
      [login.userId, LIMITS.passwordHistory],
    );
    for (const stored of [login.passwordHash, ...earlier.map((row) => row.password_hash)]) {
      if (stored !== undefined && (await this.hasher.verify(stored, password))) throw usedBefore();
    }
    const passwordHash = await this.hasher.hash(password);
    const now = this.now();
    await this.vault.transaction(async (client) => {
      await client.query('select 1 from login where user_id = $1 for update', [login.userId]);
      await client.query(
        `insert into earlier_password (user_id, password_hash, replaced_at)
         select user_id, password_hash, $2 from login where user_id = $1 and password_hash is not null`,
        [login.userId, now],
      );
      await client.query(
        `update login set password_hash = $2, changed_at = $3, must_change = false, void_after = null where user_id = $1`,
        [login.userId, passwordHash, now],
      );
    });
  }

  /** The same password at today's cost: changes nothing that a user would notice. */
  async rehash(userId: string, password: string, outdated: string): Promise<void> {
    await this.vault.run('update login set password_hash = $2 where user_id = $1 and password_hash = $3', [
      ...[userId, await this.hasher.hash(password)],
      outdated,
    ]);
  }
}

interface LoginRow {
  user_id: string;
  name: string;
  password_hash: string | null;
  changed_at: Date | null;
  must_change: boolean;
  void_after: Date | null;
}

function usedBefore(): DomainError {
  return new DomainError(
    'password-already-used',
    'This password was used before.',
    `The last ${LIMITS.passwordHistory} passwords and the present one are not used again.`,
    'Choose a new one.',
  );
}

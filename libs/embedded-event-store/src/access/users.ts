import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { BoundedMap } from '../engine/bounded-map.js';
import type { EventStore } from '../engine/event-store.js';
import { systemEvent } from '../engine/event-writer.js';
import { streamPage } from '../engine/pages.js';
import { limits } from '../limits.js';
import { recordOf } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import { ADMINS, OPERATORS, type User } from './user.js';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const HASH_BYTES = 32;
const DEFAULT_PASSWORD = 'changeit';

interface Account {
  readonly loginName: string;
  readonly groups: readonly string[];
  readonly salt: string;
  readonly hash: string;
  readonly disabled: boolean;
}

/** The people who may sign in, each in a stream `$user-<name>`; passwords are kept as salted scrypt hashes only. */
export class Users {
  /** Passwords that were right, by digest, because a client sends its password with every call. */
  private readonly confirmed = new BoundedMap<string, User>(limits.rememberedSignIns);

  constructor(private readonly store: EventStore) {}

  /** Gives a new log its administrator and its operator. */
  async createFirst(passwords: { readonly admin?: string; readonly ops?: string }): Promise<void> {
    await this.createIfMissing('admin', [ADMINS], passwords.admin ?? DEFAULT_PASSWORD);
    await this.createIfMissing('ops', [OPERATORS], passwords.ops ?? DEFAULT_PASSWORD);
  }

  /** The user, or undefined when the name or the password is wrong. */
  async signIn(name: string, password: string): Promise<User | undefined> {
    const digest = createHash('sha256').update(`${name}\n${password}`).digest('base64');
    const known = this.confirmed.get(digest);
    if (known) return known;
    const account = this.load(name);
    if (!account || account.disabled) return undefined;
    const hash = await derive(password, Buffer.from(account.salt, 'base64'), HASH_BYTES);
    if (!timingSafeEqual(hash, Buffer.from(account.hash, 'base64'))) return undefined;
    const user = { name, roles: [name, ...account.groups] };
    this.confirmed.set(digest, user);
    return user;
  }

  private async createIfMissing(loginName: string, groups: string[], password: string): Promise<void> {
    if (this.load(loginName)) return;
    const salt = randomBytes(16);
    const hash = await derive(password, salt, HASH_BYTES);
    const account: Account = {
      loginName,
      groups,
      salt: salt.toString('base64'),
      hash: hash.toString('base64'),
      disabled: false,
    };
    const event = systemEvent('$UserCreated', JSON.stringify(account));
    await this.store.commands.append(`$user-${loginName}`, 'no_stream', [event]);
  }

  private load(name: string): Account | undefined {
    const stream = `$user-${name}`;
    const { last } = this.store.catalog.stateOf(stream);
    const [newest] = last < 0 ? [] : streamPage(this.store, stream, 'backwards', last, 1);
    if (!newest) return undefined;
    return JSON.parse(messages.recordedEvent.decode(recordOf(newest.frame)).data.toString('utf8')) as Account;
  }
}

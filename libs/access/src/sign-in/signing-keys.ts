import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { BrokenInvariant } from '@provident/kernel';
import type { JWK } from 'jose';
import { LIMITS } from '../limits.js';
import type { MasterKeys } from '../personal/master-keys.js';
import type { Vault } from '../vault/vault.js';

export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
  readonly signsUntil: Date;
  readonly verifiesUntil: Date;
  readonly wrapped: Buffer;
  readonly wrapper: string;
}

const RELOAD_MS = 60_000;

/** The Ed25519 keys that access tokens are signed with. Each signs for a time and verifies a little longer. */
export class SigningKeys {
  private keys: readonly SigningKey[] = [];
  private loadedAtMs = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly vault: Vault,
    private readonly master: MasterKeys,
    private readonly now: () => Date,
  ) {}

  /** The key to sign with; the first caller after the last one's time makes the next. */
  async signing(): Promise<{ kid: string; privateKey: KeyObject }> {
    await this.reload(RELOAD_MS);
    const key = this.newest() ?? (await this.rotate(), this.newest());
    if (key === undefined) throw new BrokenInvariant('The vault took a signing key and does not show it.');
    const seed = await this.master.unwrap(key.wrapped, key.wrapper, purposeOf(key.kid));
    const jwk = { ...key.publicJwk, d: seed.toString('base64url') };
    return { kid: key.kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
  }

  /** The public key of that name if it still verifies. An unknown name asks the vault, but not for every forged token. */
  async verifying(kid: string): Promise<KeyObject | undefined> {
    await this.reload(RELOAD_MS);
    if (!this.keys.some((each) => each.kid === kid)) await this.reload(LIMITS.unknownKeyMs);
    return this.keys.find((each) => each.kid === kid && each.verifiesUntil > this.now())?.publicKey;
  }

  /** What others verify our tokens with (RFC 7517). */
  async published(): Promise<readonly JWK[]> {
    await this.reload(RELOAD_MS);
    return this.keys.filter((each) => each.verifiesUntil > this.now()).map(({ publicJwk }) => publicJwk);
  }

  /** A new key from now on. Tokens of the last one stay good until they expire. */
  async rotate(): Promise<string> {
    const kid = randomUUID();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
    const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
    const now = this.now();
    const signsUntil = new Date(now.getTime() + LIMITS.signingKeyMs);
    const wrapped = await this.master.wrap(seed, purposeOf(kid));
    await this.vault.transaction(async (client) => {
      await client.query(
        'update signing_key set signs_until = $1, verifies_until = least(verifies_until, $2) where signs_until > $1',
        [now, verifiesAfter(now)],
      );
      await client.query(
        `insert into signing_key (kid, public_key, wrapped, wrapper, signs_until, verifies_until)
         values ($1, $2, $3, $4, $5, $6)`,
        [kid, publicJwk, wrapped, this.master.current.id, signsUntil, verifiesAfter(signsUntil)],
      );
    });
    await this.reload(0);
    return kid;
  }

  /** Ends all keys at once - they may have been stolen - and makes a new one: everybody refreshes the access token. */
  async revokeAll(): Promise<void> {
    await this.vault.run(
      'update signing_key set signs_until = least(signs_until, $1), verifies_until = least(verifies_until, $1)',
      [this.now()],
    );
    await this.rotate();
  }

  private newest(): SigningKey | undefined {
    return this.keys.filter((each) => each.signsUntil > this.now()).at(-1);
  }

  private async reload(olderThanMs: number): Promise<void> {
    if (performance.now() - this.loadedAtMs < olderThanMs) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async load(): Promise<void> {
    const rows = await this.vault.rows<KeyRow>(
      'select * from signing_key where verifies_until > $1 order by signs_until, kid',
      [this.now()],
    );
    this.keys = rows.map((row) => ({
      kid: row.kid,
      publicJwk: row.public_key,
      publicKey: createPublicKey({ key: row.public_key, format: 'jwk' }),
      signsUntil: row.signs_until,
      verifiesUntil: row.verifies_until,
      wrapped: row.wrapped,
      wrapper: row.wrapper,
    }));
    this.loadedAtMs = performance.now();
  }
}

interface KeyRow {
  kid: string;
  public_key: JWK;
  wrapped: Buffer;
  wrapper: string;
  signs_until: Date;
  verifies_until: Date;
}

function purposeOf(kid: string): string {
  return `signing ${kid}`;
}

/** Until the last token that was signed then has expired. */
function verifiesAfter(signed: Date): Date {
  return new Date(signed.getTime() + LIMITS.accessTokenSeconds * 1_000);
}

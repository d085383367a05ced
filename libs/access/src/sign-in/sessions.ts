import { hash, randomBytes, randomUUID } from 'node:crypto';
import { LIMITS } from '../limits.js';
import { sessionOver } from '../refusal.js';
import type { Vault } from '../vault/vault.js';

/** Why a session ended before its time. */
export type SessionEnd = 'signed-out' | 'refresh-token-reused' | 'password-changed' | 'disabled' | 'revoked';

export interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  /** Given once; the vault keeps only its hash. */
  readonly refreshToken: string;
}

/**
 * Sessions and their refresh tokens. Each token is used once and answered by the next. One that comes a second time was
 * copied - by whom cannot be told - so the whole session ends, and both holders have to sign in again.
 */
export class Sessions {
  constructor(
    private readonly vault: Vault,
    private readonly now: () => Date,
  ) {}

  async open(userId: string): Promise<OpenSession> {
    const [sessionId, now] = [randomUUID(), this.now()];
    const refreshToken = newToken();
    await this.vault.transaction(async (client) => {
      await client.query('insert into session (id, user_id, opened_at, void_after) values ($1, $2, $3, $4)', [
        ...[sessionId, userId, now],
        new Date(now.getTime() + LIMITS.sessionMs),
      ]);
      await client.query('insert into refresh_token (hash, session_id, void_after) values ($1, $2, $3)', [
        ...[hashed(refreshToken), sessionId],
        new Date(now.getTime() + LIMITS.refreshIdleMs),
      ]);
    });
    return { sessionId, userId, refreshToken };
  }

  /**
   * The next token for this one. Throws `session-over` for every token that is not good, without saying why. Within
   * `graceMs` of its use a token is taken a second time: its holder may not have got the answer.
   */
  async refresh(token: string, graceMs = 0): Promise<OpenSession> {
    const now = this.now();
    // The transaction also has to keep what a refusal changes, so that refusing happens behind it.
    const next = await this.vault.transaction(async (client): Promise<OpenSession | undefined> => {
      const { rows } = await client.query<TokenRow>(
        `select r.session_id, r.used_at, r.void_after, s.user_id, s.ended_at, s.void_after as session_void_after
         from refresh_token r join session s on s.id = r.session_id where r.hash = $1 for update`,
        [hashed(token)],
      );
      const [row] = rows;
      if (row === undefined || row.ended_at !== null) return undefined;
      const isLate = row.used_at !== null && now.getTime() - row.used_at.getTime() >= graceMs;
      if (isLate) {
        const end: SessionEnd = 'refresh-token-reused';
        await client.query('update session set ended_at = $2, ended_by = $3 where id = $1', [row.session_id, now, end]);
        return undefined;
      }
      if (row.void_after <= now || row.session_void_after <= now) return undefined;
      const refreshToken = newToken();
      await client.query('update refresh_token set used_at = $2 where hash = $1', [hashed(token), now]);
      await client.query('insert into refresh_token (hash, session_id, void_after) values ($1, $2, $3)', [
        ...[hashed(refreshToken), row.session_id],
        new Date(now.getTime() + LIMITS.refreshIdleMs),
      ]);
      return { sessionId: row.session_id, userId: row.user_id, refreshToken };
    });
    if (next === undefined) throw sessionOver();
    return next;
  }

  /** Whether access tokens of this session still count. */
  async isOpen(sessionId: string, userId: string): Promise<boolean> {
    const found = await this.vault.row(
      'select 1 from session where id = $1 and user_id = $2 and ended_at is null and void_after > $3',
      [sessionId, userId, this.now()],
    );
    return found !== undefined;
  }

  async end(sessionId: string, why: SessionEnd): Promise<void> {
    await this.vault.run('update session set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null', [
      ...[sessionId, this.now()],
      why,
    ]);
  }

  async endAll(userId: string, why: SessionEnd): Promise<void> {
    await this.vault.run('update session set ended_at = $2, ended_by = $3 where user_id = $1 and ended_at is null', [
      ...[userId, this.now()],
      why,
    ]);
  }
}

interface TokenRow {
  session_id: string;
  user_id: string;
  used_at: Date | null;
  void_after: Date;
  ended_at: Date | null;
  session_void_after: Date;
}

/** 256 random bits: nothing to guess, so a plain hash of it is as good as a slow one. */
function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function hashed(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

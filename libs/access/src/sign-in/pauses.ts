import { LIMITS } from '../limits.js';
import { tooMany } from '../refusal.js';
import type { Vault } from '../vault/vault.js';

/** How long a login name rests after so many failures in a row, in milliseconds: nothing, then doubling up to a limit. */
export function pauseAfter(failures: number): number {
  if (failures < LIMITS.freeFailures) return 0;
  const doublings = Math.min(failures - LIMITS.freeFailures, 30);
  return Math.min(LIMITS.firstPauseMs * 2 ** doublings, LIMITS.longestPauseMs);
}

/**
 * Counts failures by login name, whether an account has it or not: both are paused alike, so that a pause tells nothing.
 * Every try is counted as a failure before the password is looked at, so that many tries at the same time count as many.
 */
export class Pauses {
  constructor(
    private readonly vault: Vault,
    private readonly now: () => Date,
  ) {}

  /** Counts a try. Throws `sign-in-paused` while the name rests; such a try is not counted. */
  async begin(loginKey: Buffer): Promise<void> {
    const now = this.now();
    const waitMs = await this.vault.transaction(async (client) => {
      await client.query(
        `insert into attempt (login_key, failures, blocked_until, last_at) values ($1, 0, $2, $2)
         on conflict do nothing`,
        [loginKey, now],
      );
      const { rows } = await client.query<{ failures: number; blocked_until: Date; last_at: Date }>(
        'select failures, blocked_until, last_at from attempt where login_key = $1 for update',
        [loginKey],
      );
      const [row] = rows;
      const blockedMs = (row?.blocked_until.getTime() ?? 0) - now.getTime();
      if (row === undefined || blockedMs > 0) return blockedMs;
      const forgotten = now.getTime() - row.last_at.getTime() > LIMITS.failureMemoryMs;
      const failures = (forgotten ? 0 : row.failures) + 1;
      const until = new Date(now.getTime() + pauseAfter(failures));
      await client.query('update attempt set failures = $2, blocked_until = $3, last_at = $4 where login_key = $1', [
        loginKey,
        failures,
        until,
        now,
      ]);
      return 0;
    });
    if (waitMs > 0) {
      throw tooMany('sign-in-paused', 'Too many sign-ins with this name have failed.', Math.ceil(waitMs / 1_000));
    }
  }

  /** The try was good: earlier failures no longer count. */
  async clear(loginKey: Buffer): Promise<void> {
    await this.vault.run('delete from attempt where login_key = $1', [loginKey]);
  }
}

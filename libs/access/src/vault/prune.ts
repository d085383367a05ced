import { LIMITS } from '../limits.js';
import type { Vault } from './vault.js';

/** Removes what can no longer matter: sessions long over, flows never finished, failures long forgotten, old keys. */
export async function pruneVault(vault: Vault, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await vault.run('delete from provider_flow where void_after <= $1', [now]);
  await vault.run('delete from attempt where last_at <= $1 and blocked_until <= $2', [
    before(LIMITS.failureMemoryMs),
    now,
  ]);
  // Its refresh tokens go with it. Until then one that is used twice is recognised.
  await vault.run('delete from session where void_after <= $1', [before(LIMITS.sessionMs)]);
  await vault.run('delete from signing_key where verifies_until <= $1', [now]);
  await vault.run('delete from idempotency_key where taken_at <= $1', [before(LIMITS.idempotencyMs)]);
}

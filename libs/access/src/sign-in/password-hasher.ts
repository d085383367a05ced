import { randomBytes } from 'node:crypto';
import { hash, needsRehash, verify } from 'argon2';
import { LIMITS } from '../limits.js';
import { Refusal } from '../refusal.js';
import { normalPassword } from './password-rules.js';

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** argon2id with a bound on how many run at once: each takes memory and a processor for some 50 ms. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** What an unknown user's password is compared with, so that it costs as much as a known one's. */
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalPassword(password), COST));
  }

  /** Compares with the hash; without one does the same work and answers no. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await (this.decoy ??= this.hash(randomBytes(32).toString('hex'))));
    const fits = await this.inTurn(() => verify(against, normalPassword(password)));
    return fits && stored !== undefined;
  }

  /** Whether the hash was made at another cost than today's. */
  isOutdated(stored: string): boolean {
    return needsRehash(stored, COST);
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= LIMITS.hashesAtOnce) {
      if (this.waiting.length >= LIMITS.hashesWaiting) throw busy();
      // Whoever ends hands its place over, so that nobody pushes in between.
      await new Promise<void>((go) => this.waiting.push(go));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

function busy(): Refusal {
  return new Refusal(
    503,
    'sign-in-busy',
    'Too many people sign in at this moment.',
    `At most ${LIMITS.hashesWaiting} sign-ins wait in one process.`,
    'Try again in a few seconds.',
    { retryAfterSeconds: 5 },
  );
}

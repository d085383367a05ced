import { LIMITS } from '../limits.js';
import { tooMany } from '../refusal.js';

/** Injection token of the rate limits of this process. */
export const RATE_LIMITS = Symbol('RateLimits');

export interface Rate {
  /** Requests at once. */
  readonly burst: number;
  /** Requests per minute in the long run. */
  readonly perMinute: number;
}

/** A bucket of tokens per caller, in bounded memory: the caller unheard of for longest is forgotten first. */
export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(
    private readonly rate: Rate,
    private readonly callers: number = LIMITS.ratedCallers,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Counts a request. Throws `too-many-requests` with the seconds to wait. */
  take(caller: string): void {
    const waitMs = this.tryTake(caller);
    if (waitMs > 0) throw tooMany('too-many-requests', 'Too many requests in a short time.', Math.ceil(waitMs / 1_000));
  }

  get size(): number {
    return this.buckets.size;
  }

  private tryTake(caller: string): number {
    const now = this.nowMs();
    const { burst, perMinute } = this.rate;
    const known = this.buckets.get(caller);
    const gained = known === undefined ? burst : ((now - known.atMs) * perMinute) / 60_000;
    const tokens = Math.min(burst, (known?.tokens ?? 0) + gained);
    const isGranted = tokens >= 1;
    this.buckets.delete(caller);
    this.buckets.set(caller, { tokens: isGranted ? tokens - 1 : tokens, atMs: now });
    if (this.buckets.size > this.callers) {
      const oldest = this.buckets.keys().next();
      if (oldest.done !== true) this.buckets.delete(oldest.value);
    }
    return isGranted ? 0 : ((1 - tokens) * 60_000) / perMinute;
  }
}

/** The limits of one process: by address for every request, by address for signing in, by user for what is signed in. */
export interface RateLimits {
  readonly addresses: RateLimiter;
  readonly signIns: RateLimiter;
  readonly users: RateLimiter;
}

export interface RateOptions {
  readonly addresses: Rate;
  readonly signIns: Rate;
  readonly users: Rate;
}

/** Many people sit behind one address of an employer or an agency; few of them sign in at the same moment. */
export const USUAL_RATES: RateOptions = {
  addresses: { burst: 600, perMinute: 3_000 },
  signIns: { burst: 20, perMinute: 20 },
  users: { burst: 200, perMinute: 1_200 },
};

export function rateLimits(rates: RateOptions): RateLimits {
  return {
    addresses: new RateLimiter(rates.addresses),
    signIns: new RateLimiter(rates.signIns),
    users: new RateLimiter(rates.users),
  };
}

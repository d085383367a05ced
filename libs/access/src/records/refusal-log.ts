import { createHmac } from 'node:crypto';
import { LIMITS } from '../limits.js';
import type { Vault } from '../vault/vault.js';

/** A request that was not let through. */
export interface RefusedRequest {
  readonly userId?: string;
  /** The caller's address under a key: tells callers apart and names none. */
  readonly caller: string;
  readonly permission?: string;
  readonly route: string;
  readonly reason: string;
}

export interface LoggedRefusal extends RefusedRequest {
  readonly number: bigint;
  readonly refusedAt: Date;
}

/** What was refused, to whom and why. Stands in the vault and only grows; the rate limits bound how fast. */
export class RefusalLog {
  constructor(
    private readonly vault: Vault,
    private readonly callers: Buffer,
    private readonly now: () => Date,
  ) {}

  callerOf(address: string): string {
    return createHmac('sha256', this.callers).update(address).digest('hex').slice(0, 16);
  }

  async record({ userId, caller, permission, route, reason }: RefusedRequest): Promise<void> {
    await this.vault.run(
      `insert into refusal_log (refused_at, user_id, caller, permission, route, reason) values ($1, $2, $3, $4, $5, $6)`,
      [this.now(), userId ?? null, caller, permission ?? null, route, reason],
    );
  }

  /** The newest entries first. */
  async entries(question: { before?: bigint | undefined; limit: number }): Promise<readonly LoggedRefusal[]> {
    const rows = await this.vault.rows<RefusalRow>(
      'select * from refusal_log where ($1::bigint is null or number < $1) order by number desc limit $2',
      [question.before?.toString() ?? null, Math.min(question.limit, LIMITS.pageEntries)],
    );
    return rows.map(({ number, refused_at, user_id, caller, permission, route, reason }) => ({
      ...{ number, refusedAt: refused_at, caller, route, reason },
      ...(user_id === null ? {} : { userId: user_id }),
      ...(permission === null ? {} : { permission }),
    }));
  }
}

interface RefusalRow {
  number: bigint;
  refused_at: Date;
  user_id: string | null;
  caller: string;
  permission: string | null;
  route: string;
  reason: string;
}

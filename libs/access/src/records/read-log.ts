import { isUuid } from '@provident/kernel';
import type { Permission } from '../rights/permissions.js';
import type { Vault } from '../vault/vault.js';
import { LIMITS } from '../limits.js';

/** Somebody reads records of people (社会保险经办条例 第4条). Ids only: the log itself holds no personal data. */
export interface Reading {
  readonly userId: string;
  /** Whose role he uses, where it was lent. */
  readonly onBehalfOf?: string;
  readonly personIds: readonly string[];
  readonly permission: Permission;
  readonly route: string;
  /** Why, as a code or a case: `case:<id>`. */
  readonly reason?: string;
}

export interface LoggedRead {
  readonly number: bigint;
  readonly readAt: Date;
  readonly userId: string;
  readonly onBehalfOf: string | undefined;
  readonly personId: string;
  readonly permission: string;
  readonly route: string;
  readonly reason: string | undefined;
}

export interface ReadLogQuestion {
  readonly personId?: string | undefined;
  readonly userId?: string | undefined;
  /** Entries older than this one. */
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/**
 * Who read whose record, when, by which permission and why. It stands in the vault and not in the event log: reads are
 * many more than events and decide nothing, and it must outlive every rebuild. The database lets it only grow.
 */
export class ReadLog {
  constructor(
    private readonly vault: Vault,
    private readonly now: () => Date,
  ) {}

  /**
   * Records the reading, durably, before it takes place. The guard calls it for routes about one person; whoever answers
   * with records of several people calls it with all of them.
   */
  async record({ userId, onBehalfOf, personIds, permission, route, reason }: Reading): Promise<void> {
    const people = personIds.filter(isUuid); // Nobody has another id, so there is no record to read.
    if (people.length === 0) return;
    await this.vault.run(
      `insert into read_log (read_at, user_id, on_behalf_of, person_id, permission, route, reason)
       select $1, $2, $3, person_id, $5, $6, $7 from unnest($4::uuid[]) as person_id`,
      [this.now(), userId, onBehalfOf ?? null, people, permission, route, reason ?? null],
    );
  }

  /** The newest entries first. */
  async entries({ personId, userId, before, limit }: ReadLogQuestion): Promise<readonly LoggedRead[]> {
    const rows = await this.vault.rows<ReadRow>(
      `select * from read_log
       where ($1::uuid is null or person_id = $1) and ($2::uuid is null or user_id = $2)
         and ($3::bigint is null or number < $3)
       order by number desc limit $4`,
      [personId ?? null, userId ?? null, before?.toString() ?? null, Math.min(limit, LIMITS.pageEntries)],
    );
    return rows.map((row) => ({
      number: row.number,
      readAt: row.read_at,
      userId: row.user_id,
      onBehalfOf: row.on_behalf_of ?? undefined,
      personId: row.person_id,
      permission: row.permission,
      route: row.route,
      reason: row.reason ?? undefined,
    }));
  }
}

interface ReadRow {
  number: bigint;
  read_at: Date;
  user_id: string;
  on_behalf_of: string | null;
  person_id: string;
  permission: string;
  route: string;
  reason: string | null;
}

import { Injectable } from '@nestjs/common';
import { type CommandResult, EventStore, StoreClient } from '@provident/event-store';
import { type BusinessDate, type CommandContext, deterministicId, DomainError, type Month } from '@provident/kernel';
import { ReadPosition } from '@provident/projections';
import { figuresOf } from '../figures.js';
import { StatisticsQueries } from '../queries.js';
import { DEFINITIONS_SHA256 } from './definitions-digest.js';
import type { StatisticsRelease } from './events.js';
import { compareRelease, type RebuiltRelease } from './rebuilt-release.js';
import { statisticsReleases } from './release.js';

/** Longest wait for the read side to have seen what is to be released. */
const CATCH_UP_LIMIT_MS = 60_000;

export interface ReleaseRequest {
  readonly month: Month;
  /** The last day that counts; as the statistics themselves choose it when absent. */
  readonly asOf?: BusinessDate | undefined;
  /** The log position at which the figures are known; the end of the log when absent. */
  readonly knownAt?: bigint | undefined;
  readonly reason?: string | undefined;
}

/** Releases of statistics: computed at a log position, kept as events, and computed again whenever somebody doubts them. */
@Injectable()
export class StatisticsReleases {
  constructor(
    private readonly store: EventStore,
    private readonly client: StoreClient,
    private readonly statistics: StatisticsQueries,
    private readonly applied: ReadPosition,
  ) {}

  /** Releases a month. The same figures again are already so. Throws `release-ahead-of-log`, `release-reason-missing`. */
  async release(
    { month, asOf, knownAt, reason }: ReleaseRequest,
    context: CommandContext,
  ): Promise<CommandResult & { readonly release: StatisticsRelease }> {
    const position = await this.knownPosition(knownAt);
    const statistics = await this.statistics.monthlyStatistics(month, { asOf, knownAt: position });
    const command = {
      type: 'Release' as const,
      releaseId: deterministicId('statistics-release', context.commandId),
      ...{ month, asOf: statistics.asOf, position: position.toString() },
      definitions: DEFINITIONS_SHA256,
      figures: figuresOf(statistics),
      reason,
    };
    const result = await this.store.execute(statisticsReleases, month, command, context);
    const release = (await this.of(month)).at(-1) as StatisticsRelease;
    return { ...result, release };
  }

  /** The month's releases, the first one first. */
  async of(month: Month): Promise<readonly StatisticsRelease[]> {
    return (await this.store.load(statisticsReleases, month)).state.releases;
  }

  /** Computes a release again from its position. Throws `release-unknown`. */
  async rebuild(month: Month, number: number): Promise<RebuiltRelease> {
    const release = (await this.of(month)).find((each) => each.number === number);
    if (release === undefined) throw releaseUnknown(month, number);
    const { asOf, position } = release;
    await this.applied.waitFor(BigInt(position), CATCH_UP_LIMIT_MS);
    const times = { asOf, knownAt: BigInt(position) };
    return compareRelease(release, figuresOf(await this.statistics.monthlyStatistics(month, times)));
  }

  private async knownPosition(knownAt: bigint | undefined): Promise<bigint> {
    const head = (await this.client.head()) ?? -1n;
    if (head < 0n || (knownAt !== undefined && (knownAt > head || knownAt < 0n))) throw aheadOfLog(knownAt, head);
    const position = knownAt ?? head;
    await this.applied.waitFor(position, CATCH_UP_LIMIT_MS);
    return position;
  }
}

function releaseUnknown(month: Month, number: number): DomainError {
  return new DomainError(
    'release-unknown',
    `There is no release ${number} of ${month}.`,
    'Releases of a month are numbered from 1.',
    "List the month's releases and name one of them.",
    { month, number },
  );
}

function aheadOfLog(knownAt: bigint | undefined, head: bigint): DomainError {
  return new DomainError(
    'release-ahead-of-log',
    `Position ${knownAt ?? 'of the first event'} is not in the log, which ends at ${head}.`,
    'A release names a position of the log from which it can be computed again.',
    'Leave the point of knowledge out to release what is known now.',
    { head: head.toString() },
  );
}

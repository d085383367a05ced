import type { Aggregate } from '@provident/event-store';
import { DomainError } from '@provident/kernel';
import { type StatisticsEvent, type StatisticsRelease, statisticsEventSchemas } from './events.js';

/** A month's releases, the first one first. Stream `statistics-<month>`. */
export interface ReleasesState {
  readonly releases: readonly StatisticsRelease[];
}

export interface ReleaseCommand extends Omit<StatisticsRelease, 'number' | 'reason'> {
  readonly type: 'Release';
  readonly reason: string | undefined;
}

export const statisticsReleases: Aggregate<ReleasesState, ReleaseCommand, StatisticsEvent> = {
  category: 'statistics',
  schemas: statisticsEventSchemas,
  initial: { releases: [] },
  evolve: ({ releases }, { data }) => ({ releases: [...releases, data] }),
  decide({ releaseId, month, asOf, position, definitions, figures, reason }, { releases }) {
    const content = { releaseId, month, asOf, position, definitions, figures };
    const last = releases.at(-1);
    if (last?.position === content.position && last.asOf === content.asOf) return [];
    if (last !== undefined) checkSuccessor(content, last, reason);
    const data = { ...content, number: releases.length + 1, ...(reason === undefined ? {} : { reason }) };
    return [{ type: 'StatisticsReleased', data }];
  },
};

function checkSuccessor(
  { month, position }: Pick<StatisticsRelease, 'month' | 'position'>,
  last: StatisticsRelease,
  reason: string | undefined,
): void {
  if (BigInt(position) < BigInt(last.position)) {
    throw new DomainError(
      'release-goes-back',
      `Release ${last.number} of ${month} was known at position ${last.position}; a later one cannot be known at ${position}.`,
      'A release states what is known by then, never less than the release before it.',
      'Leave the point of knowledge out to release what is known now.',
      { month, position },
    );
  }
  if (reason !== undefined) return;
  throw new DomainError(
    'release-reason-missing',
    `The statistics of ${month} were released before, as release ${last.number}.`,
    '统计法实施条例 第24条: released statistics that are revised are published with an explanation.',
    'Say why the month is released again.',
    { month },
  );
}

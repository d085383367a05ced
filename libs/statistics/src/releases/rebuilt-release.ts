import type { Figure } from '../figures.js';
import { DEFINITIONS_SHA256 } from './definitions-digest.js';
import type { StatisticsRelease } from './events.js';

/** A figure that comes out otherwise than it was released. */
export interface RebuiltDifference {
  readonly indicator: string;
  readonly of: string;
  readonly released: string | null;
  readonly rebuilt: string | null;
}

/** A release beside the same figures computed again from the log position that it names. */
export interface RebuiltRelease {
  readonly release: StatisticsRelease;
  /** The indicators mean the same as then. */
  readonly sameDefinitions: boolean;
  /** Empty when the release is what the log says. */
  readonly differences: readonly RebuiltDifference[];
}

/** Pure: compares figure by figure; one that only one side has is a difference too. */
export function compareRelease(release: StatisticsRelease, rebuilt: readonly Figure[]): RebuiltRelease {
  const keyOf = ({ indicator, of }: { indicator: string; of: string }) => `${indicator} ${of}`;
  const found = new Map(rebuilt.map((each) => [keyOf(each), each.value]));
  const released = new Map(release.figures.map((each) => [keyOf(each), each.value]));
  const differences = [...new Set([...released.keys(), ...found.keys()])].flatMap((key) => {
    const [indicator = '', of = ''] = key.split(' ');
    const [before = null, now = null] = [released.get(key), found.get(key)];
    return before === now ? [] : [{ indicator, of, released: before, rebuilt: now }];
  });
  return { release, sameDefinitions: release.definitions === DEFINITIONS_SHA256, differences };
}

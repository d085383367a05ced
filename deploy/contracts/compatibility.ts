import type { DifferenceKind } from './differences.js';

/**
 * What a difference asks for. `free`: nothing. `accept`: the word of somebody who looked (`--accept`). `new-version`: the
 * change must not happen within a schema version; raise it by an upcaster.
 */
export type Verdict = 'free' | 'accept' | 'new-version';

export interface Rule {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * What may change within one schema version. Two parties must go on reading: an older consumer the new events, and the
 * new program the old events, which stay in the log for ever and are replayed.
 */
export const COMPATIBILITY: Readonly<Record<DifferenceKind, Rule>> = {
  'description-changed': {
    verdict: 'free',
    reason: 'Words for people change nothing that a program reads.',
  },
  'optional-field-added': {
    verdict: 'accept',
    reason: 'Older consumers pass over fields that they do not know, and old events may do without this one.',
  },
  'field-added-to-closed-object': {
    verdict: 'new-version',
    reason: 'The object allows no other fields (or prescribes their form), so an older consumer refuses this one.',
  },
  'required-field-added': {
    verdict: 'new-version',
    reason: 'The events that are in the log already do not have the field.',
  },
  'field-removed': {
    verdict: 'new-version',
    reason: 'Older consumers read the field, and old events have it: its meaning must not be forgotten or reused.',
  },
  'field-made-optional': {
    verdict: 'new-version',
    reason: 'An older consumer relies on the field and breaks on an event without it.',
  },
  'field-made-required': {
    verdict: 'new-version',
    reason: 'Some of the events in the log do not have the field.',
  },
  'type-changed': {
    verdict: 'new-version',
    reason: 'One of the two sides reads a value of a type that it does not expect, be it wider or narrower.',
  },
  'value-added': {
    verdict: 'new-version',
    reason: 'Consumers match the values exhaustively; an older one has no case for the new value.',
  },
  'value-removed': {
    verdict: 'new-version',
    reason: 'Events in the log hold the value, and the new program has no case for it.',
  },
  'values-limited': {
    verdict: 'new-version',
    reason: 'Events in the log may hold values outside the new list.',
  },
  'values-unlimited': {
    verdict: 'new-version',
    reason: 'Consumers match the listed values exhaustively and have no case for any other.',
  },
  'pattern-changed': {
    verdict: 'new-version',
    reason: 'Whether one pattern covers another cannot be decided safely; one of the sides may meet a text it refuses.',
  },
  'bound-tightened': {
    verdict: 'new-version',
    reason: 'Events in the log may lie outside the new bound.',
  },
  'bound-loosened': {
    verdict: 'new-version',
    reason: 'An older consumer has sized its columns and checks by the old bound.',
  },
  'alternative-added': {
    verdict: 'new-version',
    reason: 'An older consumer has no case for the new alternative.',
  },
  'alternative-removed': {
    verdict: 'new-version',
    reason: 'Events in the log may have the form of the alternative that went.',
  },
  'other-keyword-changed': {
    verdict: 'new-version',
    reason:
      'The meaning of this keyword for either side is not known to the check; it is refused rather than passed over.',
  },
};

import { citizenNumberFault, DomainError } from '@provident/kernel';
import type { InsuredEvent } from './events.js';
import type { Enrolment, InsuredCommand, InsuredState, Registration } from './insured.js';
import { differing, without } from './particulars.js';

type CommandOf<Type extends InsuredCommand['type']> = Extract<InsuredCommand, { type: Type }>;

export function registerPerson(
  { personId, citizenNumber, name }: Registration,
  state: InsuredState,
): readonly InsuredEvent[] {
  const fault = citizenNumberFault(citizenNumber);
  if (fault !== undefined) {
    throw new DomainError(
      'citizen-number-invalid',
      `The citizen number is wrong (${fault}).`,
      'GB 11643-1999: 18 characters with a birth date and a check character.',
      'Compare it with the identity card.',
      { fault },
    );
  }
  if (state.personId !== undefined) {
    if (state.name === name) return [];
    throw new DomainError(
      'person-already-registered',
      'This citizen number is registered already under another name.',
      '社会保险法 第58条: one person has one social security number, the citizen number.',
      'Check name and number; a change of name is filed as a change.',
    );
  }
  return [{ type: 'PersonRegistered', data: { personId, citizenNumber, name } }];
}

/** Files what differs from the record; nothing when all of it is on record already. */
export function changePerson(command: CommandOf<'ChangePerson'>, state: InsuredState): readonly InsuredEvent[] {
  const personId = known(state);
  const { changedOn, reason } = command;
  const given = without(command, 'type', 'changedOn', 'reason');
  const changes = differing(given, { name: state.name ?? '', ...state.particulars });
  if (Object.keys(changes).length === 0) return [];
  return [{ type: 'PersonChanged', data: { personId, ...changes, changedOn, reason } }];
}

/*
 * Two identities of one person are merged in two streams: the merged one takes no more commands (`IdentityMerged`), then
 * the survivor takes over its participations (`IdentityAbsorbed`), by a reaction. Where the survivor cannot - it was itself
 * merged in the meantime, or enrolled in the same scheme - the first step is undone. So two merges that cross never leave
 * two identities that each point at the other.
 */

export function mergeIdentity(
  { mergeId, survivor, mergedOn, reason }: CommandOf<'MergeIdentity'>,
  state: InsuredState,
): readonly InsuredEvent[] {
  if (state.merged?.mergeId === mergeId) return [];
  checkNotMerged(state);
  const personId = known(state);
  if (survivor === personId) {
    throw new DomainError(
      'identity-same',
      'An identity cannot be merged into itself.',
      '社会保险法 第58条: one person has one social security number.',
      'Name two identities: the one that goes on and the one that ends.',
    );
  }
  return [{ type: 'IdentityMerged', data: { mergeId, personId, survivor, mergedOn, reason } }];
}

export function absorbIdentity(
  { mergeId, merged, enrolments, conflicts, mergedOn }: CommandOf<'AbsorbIdentity'>,
  state: InsuredState,
): readonly InsuredEvent[] {
  if (state.absorbed.some((each) => each.mergeId === mergeId)) return [];
  const personId = known(state);
  const goingOn = enrolments.filter((each) => each.lastMonth === undefined);
  const both = state.enrolments.find(
    (each) => each.lastMonth === undefined && goingOn.some((other) => sharesScheme(each, other)),
  );
  if (both !== undefined) {
    throw new DomainError(
      'merge-overlaps',
      'Both identities take part in the same scheme at present.',
      'One relationship per scheme and person at a time (国办发〔2009〕66号).',
      'End one of the two participations first.',
    );
  }
  const written = enrolments.map(({ employer, schemes, from, lastMonth }) => ({
    employer,
    schemes: [...schemes],
    from,
    ...(lastMonth === undefined ? {} : { lastMonth }),
  }));
  const waiting = conflicts.map(({ employer, schemes, from }) => ({ employer, schemes: [...schemes], from }));
  const open = waiting.length === 0 ? {} : { conflicts: waiting };
  return [{ type: 'IdentityAbsorbed', data: { mergeId, personId, merged, enrolments: written, ...open, mergedOn } }];
}

export function undoMerge({ mergeId, on }: CommandOf<'UndoMerge'>, state: InsuredState): readonly InsuredEvent[] {
  if (state.merged?.mergeId !== mergeId) return [];
  const { survivor } = state.merged;
  return [{ type: 'IdentityMergeUndone', data: { mergeId, personId: state.personId ?? '', survivor, undoneOn: on } }];
}

/** A merged identity takes no command: `identity-merged`, which names the survivor. */
export function checkNotMerged(state: InsuredState): void {
  if (state.merged === undefined) return;
  const { survivor } = state.merged;
  throw new DomainError(
    'identity-merged',
    `This identity was merged into another one; the person goes on as ${survivor}.`,
    '社会保险法 第58条: one person has one social security number.',
    'Give the command for the surviving identity.',
    { survivor },
  );
}

/** The person's id, or the refusal `person-unknown`. */
export function known(state: InsuredState): string {
  if (state.personId !== undefined) return state.personId;
  throw new DomainError(
    'person-unknown',
    'The person is not registered.',
    '社会保险法 第58条: the employer registers its staff within 30 days of employment.',
    'Register the person first (ledgerctl import people FILE).',
  );
}

function sharesScheme(a: Enrolment, b: Enrolment): boolean {
  return a.schemes.some((scheme) => b.schemes.includes(scheme));
}

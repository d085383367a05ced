import type { Aggregate } from '@provident/event-store';
import type { BusinessDate, Decider } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import { type CheckpointEvent, checkpointEventSchemas } from './events.js';
import { LOG_KEY, type PublicKey, readPublicKey, WITNESS_KEY } from './note-keys.js';
import * as refused from './refusals.js';
import { isSignedBy, readHead, readNote, readSignature, type TreeHead } from './signed-note.js';

type Signed = Extract<CheckpointEvent, { type: 'CheckpointSigned' }>['data'];
type Head = Pick<TreeHead, 'size' | 'root'>;
type Attested = Extract<CheckpointEvent, { type: 'DayAttested' }>['data'];

/** The checkpoints of one log. Stream `checkpoint-<area>`. */
export interface CheckpointState {
  /** Public keys that have signed or may sign, the present one last. */
  readonly keys: readonly string[];
  readonly last: Signed | undefined;
  /** The latest checkpoints by size, and who cosigned them: a witness may be some behind. */
  readonly recent: ReadonlyMap<number, { readonly signed: Signed; readonly witnesses: ReadonlySet<string> }>;
  /** Admitted witnesses by public key, with the institution's name. */
  readonly witnesses: ReadonlyMap<string, string>;
  readonly lastAttested: BusinessDate | undefined;
}

export type CheckpointCommand =
  | { type: 'IntroduceKey'; key: string; on: BusinessDate; handover?: string }
  /** `after` is the last checkpoint that the signer knows, with the root that the tree has there now. */
  | { type: 'SignCheckpoint'; note: string; reason: Signed['reason']; signedAt: string; after?: Head }
  | { type: 'AdmitWitness'; key: string; institution: string; on: BusinessDate }
  | { type: 'DismissWitness'; key: string; reason: string; on: BusinessDate }
  | { type: 'CosignCheckpoint'; size: number; line: string }
  | { type: 'AttestDay'; attested: Attested };
type CommandOf<Type extends CheckpointCommand['type']> = Extract<CheckpointCommand, { type: Type }>;

const RECENT = 256;

const decider: Decider<CheckpointState, CheckpointCommand, CheckpointEvent> = {
  initial: { keys: [], last: undefined, recent: new Map(), witnesses: new Map(), lastAttested: undefined },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'IntroduceKey':
        return introduceKey(command, state);
      case 'SignCheckpoint':
        return sign(command, state);
      case 'AdmitWitness':
        return admit(command, state);
      case 'DismissWitness':
        return dismiss(command, state);
      case 'CosignCheckpoint':
        return cosign(command, state);
      case 'AttestDay':
        return attest(command, state);
    }
  },
};

export const checkpoints: Aggregate<CheckpointState, CheckpointCommand, CheckpointEvent> = {
  ...decider,
  category: 'checkpoint',
  schemas: checkpointEventSchemas,
};

/** The name of an area's log in its checkpoints and keys. */
export function originOf(area: string): string {
  return `provident/${area}`;
}

/** The text that an earlier key signs to hand over to its successor. */
export function handoverText(origin: string, key: string): string {
  return `${origin} key\n${key}\n`;
}

function evolve(state: CheckpointState, { type, data }: CheckpointEvent): CheckpointState {
  switch (type) {
    case 'CheckpointKeyIntroduced':
      return { ...state, keys: [...state.keys, data.key] };
    case 'CheckpointSigned': {
      const recent = new Map([...state.recent].slice(-RECENT + 1)).set(data.size, {
        signed: data,
        witnesses: new Set(),
      });
      return { ...state, last: data, recent };
    }
    case 'WitnessAdmitted':
      return { ...state, witnesses: new Map(state.witnesses).set(data.key, data.institution) };
    case 'WitnessDismissed':
      return { ...state, witnesses: new Map([...state.witnesses].filter(([key]) => key !== data.key)) };
    case 'CheckpointCosigned': {
      const found = state.recent.get(data.size);
      if (found === undefined) return state;
      const witnesses = new Set(found.witnesses).add(data.witness);
      return { ...state, recent: new Map(state.recent).set(data.size, { ...found, witnesses }) };
    }
    case 'DayAttested':
      return { ...state, lastAttested: data.day };
  }
}

function introduceKey({ key, on, handover }: CommandOf<'IntroduceKey'>, { keys }: CheckpointState): CheckpointEvent[] {
  const present = keys.at(-1);
  if (present === key) return [];
  const { name, type } = readPublicKey(key);
  if (type !== LOG_KEY) throw refused.wrongKind('checkpoints', 'a log');
  if (keys.includes(key)) throw refused.keyUsedUp();
  if (handover !== undefined) {
    const note = readNote(handover);
    if (present === undefined || note.text !== handoverText(name, key) || !signedBy([readPublicKey(present)], note)) {
      throw refused.handoverFalse();
    }
  }
  return [{ type: 'CheckpointKeyIntroduced', data: { key, on, ...(handover === undefined ? {} : { handover }) } }];
}

function sign(
  { note, reason, signedAt, after }: CommandOf<'SignCheckpoint'>,
  state: CheckpointState,
): CheckpointEvent[] {
  const { last } = state;
  const head = checkedHead(note, state);
  if (last !== undefined) {
    if (after?.size !== last.size) throw refused.moved(last.size);
    if (after.root !== last.root) throw refused.inconsistent(last.size);
    if (head.size === last.size && head.root === last.root) return [];
    if (head.size <= last.size) throw refused.notLarger(head.size, last.size);
  }
  return [{ type: 'CheckpointSigned', data: { size: head.size, root: head.root, reason, signedAt, note } }];
}

/** What the note says, if the present key signed it. */
function checkedHead(text: string, state: CheckpointState): TreeHead {
  const note = readNote(text);
  const head = readHead(note);
  const key = presentKey(state);
  if (head.origin !== key.name || !signedBy([key], note)) throw refused.notSignedByUs(key.id);
  return head;
}

function admit({ key, institution, on }: CommandOf<'AdmitWitness'>, { witnesses }: CheckpointState): CheckpointEvent[] {
  if (witnesses.has(key)) return [];
  if (readPublicKey(key).type !== WITNESS_KEY) throw refused.wrongKind('cosignatures', 'a witness');
  if (witnesses.size >= LIMITS.witnesses) throw refused.tooManyWitnesses(LIMITS.witnesses);
  return [{ type: 'WitnessAdmitted', data: { key, institution, on } }];
}

function dismiss({ key, reason, on }: CommandOf<'DismissWitness'>, { witnesses }: CheckpointState): CheckpointEvent[] {
  if (!witnesses.has(key)) return [];
  return [{ type: 'WitnessDismissed', data: { key, reason, on } }];
}

function cosign({ size, line }: CommandOf<'CosignCheckpoint'>, state: CheckpointState): CheckpointEvent[] {
  const found = state.recent.get(size);
  if (found === undefined) throw refused.checkpointUnknown(size);
  const signature = readSignature(line);
  const witness = [...state.witnesses.keys()]
    .map(readPublicKey)
    .find(({ name, id }) => name === signature.name && id === signature.id);
  if (witness === undefined) throw refused.witnessUnknown(signature.name);
  if (!isSignedBy(witness, readNote(found.signed.note).text, signature)) throw refused.cosignatureFalse(witness.name);
  if (found.witnesses.has(witness.text)) return [];
  return [
    {
      type: 'CheckpointCosigned',
      data: { size, root: found.signed.root, witness: witness.text, line: signature.line },
    },
  ];
}

function attest({ attested }: CommandOf<'AttestDay'>, state: CheckpointState): CheckpointEvent[] {
  const { lastAttested } = state;
  if (lastAttested !== undefined && attested.day <= lastAttested) return [];
  const named = state.recent.get(attested.size)?.signed;
  if (named?.root !== attested.root) throw refused.checkpointUnknown(attested.size);
  const key = presentKey(state);
  if (!signedBy([key], readNote(attested.note))) throw refused.notSignedByUs(key.id);
  return [{ type: 'DayAttested', data: attested }];
}

function presentKey({ keys }: CheckpointState): PublicKey {
  const present = keys.at(-1);
  if (present === undefined) throw refused.noKey();
  return readPublicKey(present);
}

function signedBy(keys: readonly PublicKey[], { text, signatures }: ReturnType<typeof readNote>): boolean {
  return keys.some((key) => signatures.some((signature) => isSignedBy(key, text, signature)));
}

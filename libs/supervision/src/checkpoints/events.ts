import { DateField, type DomainEvent } from '@provident/kernel';
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const KeyField = Type.String({ maxLength: 300, pattern: '^[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$' });
const HashField = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$', description: 'SHA-256 in base64' });
const SizeField = Type.Integer({ minimum: 0, description: 'leaves of the tree: events from the beginning of the log' });
const NoteField = Type.String({ maxLength: 100_000, description: 'C2SP signed-note' });
const LineField = Type.String({ maxLength: 1_000, description: 'one signature line of a C2SP signed-note' });
const ReasonText = Type.String({ minLength: 1, maxLength: 500 });

/** Why a checkpoint was signed. */
export const CHECKPOINT_REASONS = ['schedule', 'period-close', 'attestation', 'request'] as const;

/**
 * From now on checkpoints are signed with this key. Those signed with earlier ones stay valid; `handover` is a note in which
 * the earlier key signed that this one follows it, so that whoever knows the earlier key need not be told the new one.
 * Stream `checkpoint-<area>`.
 */
export const CheckpointKeyIntroduced = Type.Object({
  key: KeyField,
  on: DateField,
  handover: Type.Optional(NoteField),
});

/** The log up to its `size`-th event was put under one signed hash. The event itself is a leaf of the next tree. */
export const CheckpointSigned = Type.Object({
  size: SizeField,
  root: HashField,
  reason: Type.Union(CHECKPOINT_REASONS.map((reason) => Type.Literal(reason))),
  /** By the clock of the process that signed. */
  signedAt: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z$', description: 'UTC' }),
  note: NoteField,
});

/** An institution's public key was taken up: its cosignatures are accepted. Its private key is never with us. */
export const WitnessAdmitted = Type.Object({
  key: KeyField,
  institution: Type.String({ minLength: 1, maxLength: 200 }),
  on: DateField,
});

/** A witness's further cosignatures are not accepted any more; the earlier ones stay. */
export const WitnessDismissed = Type.Object({ key: KeyField, reason: ReasonText, on: DateField });

/** A witness signed that it saw this checkpoint, consistent with all it had seen before. */
export const CheckpointCosigned = Type.Object({
  size: SizeField,
  root: HashField,
  witness: KeyField,
  line: LineField,
});

/** The day was attested: a signed statement of the log, of all tables' digests and of what the checks found. */
export const DayAttested = Type.Object({
  day: DateField,
  /** The checkpoint that the statement names. */
  size: SizeField,
  root: HashField,
  /** Log position of the last event in the tables whose digests are in the statement; -1 before the first. */
  tablesAt: Type.String({ pattern: '^(-1|[0-9]{1,19})$' }),
  findings: Type.Integer({ minimum: 0, description: 'what all checks together found' }),
  note: NoteField,
});

export const checkpointEventSchemas = {
  CheckpointKeyIntroduced,
  CheckpointSigned,
  WitnessAdmitted,
  WitnessDismissed,
  CheckpointCosigned,
  DayAttested,
} satisfies Record<string, TSchema>;

export type CheckpointEvent =
  | DomainEvent<'CheckpointKeyIntroduced', Static<typeof CheckpointKeyIntroduced>>
  | DomainEvent<'CheckpointSigned', Static<typeof CheckpointSigned>>
  | DomainEvent<'WitnessAdmitted', Static<typeof WitnessAdmitted>>
  | DomainEvent<'WitnessDismissed', Static<typeof WitnessDismissed>>
  | DomainEvent<'CheckpointCosigned', Static<typeof CheckpointCosigned>>
  | DomainEvent<'DayAttested', Static<typeof DayAttested>>;

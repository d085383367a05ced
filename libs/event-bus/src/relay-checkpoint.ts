import type { RelayCheckpoint } from '@provident/projections/relay-progress';
import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { UnreadableMessage } from './cloud-event.js';

export type { RelayCheckpoint } from '@provident/projections/relay-progress';

const WholeNumber = Type.String({ pattern: '^[0-9]{1,19}$' });

/** The value of a message of the checkpoint topic. Numbers are texts: they may exceed what a JSON number holds exactly. */
const CheckpointMessage = Type.Object({
  /** -1 takes back what was told before: nothing is certain to be there. */
  position: Type.String({ pattern: '^(-1|[0-9]{1,19})$' }),
  /** The next offset of each partition, by topic: every event up to the position lies below. */
  offsets: Type.Record(Type.String(), Type.Array(WholeNumber)),
});

const check = TypeCompiler.Compile(CheckpointMessage);

/** The key of every checkpoint: compaction keeps the last. */
export const CHECKPOINT_KEY = 'relay';

export function encodeCheckpoint({ position, offsets }: RelayCheckpoint): string {
  const message: Static<typeof CheckpointMessage> = {
    position: String(position),
    offsets: Object.fromEntries(Object.entries(offsets).map(([topic, each]) => [topic, each.map(String)])),
  };
  return JSON.stringify(message);
}

/** Throws `UnreadableMessage` for what is no checkpoint. */
export function decodeCheckpoint(value: Buffer | null): RelayCheckpoint {
  let message: unknown;
  try {
    message = JSON.parse(value?.toString() ?? '');
  } catch {
    throw new UnreadableMessage('A relay checkpoint is no JSON.');
  }
  if (!check.Check(message))
    throw new UnreadableMessage(
      `A relay checkpoint at ${check.Errors(message).First()?.path ?? '/'}: not of its form.`,
    );
  return {
    position: BigInt(message.position),
    offsets: Object.fromEntries(Object.entries(message.offsets).map(([topic, each]) => [topic, each.map(BigInt)])),
  };
}

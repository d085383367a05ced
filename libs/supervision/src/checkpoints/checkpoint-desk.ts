import type { CommandResult, EventStore } from '@provident/event-store';
import { type Clock, type CommandContext, deterministicId, today } from '@provident/kernel';
import type { TreeReader } from '../tree/tree-reader.js';
import { type CheckpointCommand, checkpoints, type CheckpointState, handoverText, originOf } from './checkpoint.js';
import type { CheckpointReader, PublishedCheckpoint } from './checkpoint-reader.js';
import type { CHECKPOINT_REASONS } from './events.js';
import type { PrivateKey } from './note-keys.js';
import { checkpointUnknown, noKey, notLarger, notSignedByUs } from './refusals.js';
import type { SigningKeys } from './signing-keys.js';
import { checkpointText, readNote, signNote } from './signed-note.js';

export interface DeskOptions {
  readonly store: EventStore;
  readonly tree: TreeReader;
  readonly reader: CheckpointReader;
  readonly area: string;
  readonly clock: Clock;
  /** Empty where this process signs nothing. */
  readonly keys: SigningKeys;
}

/** Everything that is done with checkpoints: signed, cosigned, keys and witnesses taken up. */
export class CheckpointDesk {
  constructor(private readonly options: DeskOptions) {}

  get signs(): boolean {
    return this.options.keys.length > 0;
  }

  async state(): Promise<CheckpointState> {
    return (await this.options.store.load(checkpoints, this.options.area)).state;
  }

  /** Makes the present key the log's key, with a handover by the earlier one where that is at hand too. */
  async introduceKey(): Promise<void> {
    const { keys, clock } = this.options;
    const [present] = keys;
    const known = (await this.state()).keys.at(-1);
    if (present === undefined || known === present.publicKey.text) return;
    const key = present.publicKey.text;
    const earlier = keys.find(({ publicKey }) => publicKey.text === known);
    const handover =
      earlier === undefined ? {} : { handover: signNote(handoverText(present.publicKey.name, key), earlier) };
    await this.execute({ type: 'IntroduceKey', key, on: today(clock), ...handover }, ['key', key]);
  }

  /** Signs the tree as it stands. Answers the checkpoint, which may be one that was there already. */
  async sign(reason: (typeof CHECKPOINT_REASONS)[number]): Promise<PublishedCheckpoint> {
    const { tree, area, reader, clock } = this.options;
    const key = this.presentKey();
    const { last } = await this.state();
    const { size } = await tree.store.progress();
    // A tree that has lost its end since the last checkpoint was not followed to its end yet.
    if (last !== undefined && last.size > size) throw notLarger(size, last.size);
    const root = await this.rootText(size);
    if (last?.size !== size || last.root !== root) {
      // Nothing may be signed that contradicts what was: the tree must still have the last root in it.
      const after = last === undefined ? {} : { after: { size: last.size, root: await this.rootText(last.size) } };
      const signedAt = clock.now().toISOString();
      const note = signNote(checkpointText({ origin: originOf(area), size, root }), key);
      await this.execute({ type: 'SignCheckpoint', note, reason, signedAt, ...after }, ['sign', String(size), root]);
    }
    const signed = await reader.checkpoint(size);
    if (signed === undefined) throw checkpointUnknown(size);
    return signed;
  }

  /** Signs any other statement of the log's, such as an attestation. */
  async signText(text: string): Promise<string> {
    const key = this.presentKey();
    if ((await this.state()).keys.at(-1) !== key.publicKey.text) throw notSignedByUs(key.publicKey.id);
    return signNote(text, key);
  }

  admitWitness(key: string, institution: string, context: CommandContext): Promise<CommandResult> {
    return this.command({ type: 'AdmitWitness', key, institution, on: context.effectiveDate }, context);
  }

  dismissWitness(key: string, reason: string, context: CommandContext): Promise<CommandResult> {
    return this.command({ type: 'DismissWitness', key, reason, on: context.effectiveDate }, context);
  }

  /** Takes a witness's signature lines of one checkpoint in; those already there change nothing. */
  async cosign(size: number, lines: string, context: CommandContext): Promise<PublishedCheckpoint> {
    // A whole note is understood as well: its own lines are those of the log and are left out.
    const { keys } = await this.state();
    const own = new Set(keys.map((key) => key.split('+').slice(0, 2).join('+')));
    const signatures = lines.startsWith('\u2014')
      ? readNote(`-\n\n${ended(lines)}`).signatures
      : readNote(lines).signatures;
    for (const { name, id, line } of signatures) {
      if (own.has(`${name}+${id}`)) continue;
      const commandId = deterministicId('cosign', context.commandId, line);
      await this.command({ type: 'CosignCheckpoint', size, line }, { ...context, commandId });
    }
    const cosigned = await this.options.reader.checkpoint(size);
    if (cosigned === undefined) throw checkpointUnknown(size);
    return cosigned;
  }

  /** Carries out a command of supervision's own, once: the same parts are the same command. */
  execute(command: CheckpointCommand, parts: readonly string[]): Promise<CommandResult> {
    const { area, clock } = this.options;
    const commandId = deterministicId('checkpoint', area, ...parts);
    return this.command(command, {
      ...{ commandId, correlationId: commandId, causationId: commandId },
      ...{ actor: 'system:supervisor', effectiveDate: today(clock), area },
    });
  }

  private command(command: CheckpointCommand, context: CommandContext): Promise<CommandResult> {
    return this.options.store.execute(checkpoints, this.options.area, command, context);
  }

  private async rootText(size: number): Promise<string> {
    return Buffer.from(await this.options.tree.root(size)).toString('base64');
  }

  private presentKey(): PrivateKey {
    const [key] = this.options.keys;
    if (key === undefined) throw noKey();
    return key;
  }
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

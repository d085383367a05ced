import type { CommandResult, EventStore } from '@provident/event-store';
import {
  type BusinessDate,
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  type RecordedEvent,
} from '@provident/kernel';
import type { InsuredEvent } from './events.js';
import { insured } from './insured.js';

/**
 * Begins to merge an identity into the one that goes on. What the survivor would refuse is found out first, so that a
 * refused merge changes nothing; what changes in between is undone by `completeMerge`.
 */
export async function mergeIdentities(
  store: EventStore,
  merged: string,
  { survivor, mergedOn, reason }: { survivor: string; mergedOn: BusinessDate; reason: string },
  context: CommandContext,
): Promise<CommandResult> {
  const mergeId = deterministicId('merge', context.commandId);
  const [mergedState, survivorState] = await Promise.all([store.load(insured, merged), store.load(insured, survivor)]);
  insured.decide({ type: 'MergeIdentity', mergeId, survivor, mergedOn, reason }, mergedState.state);
  const { enrolments, conflicts } = mergedState.state;
  insured.decide({ type: 'AbsorbIdentity', mergeId, merged, enrolments, conflicts, mergedOn }, survivorState.state);
  return store.execute(insured, merged, { type: 'MergeIdentity', mergeId, survivor, mergedOn, reason }, context);
}

type Merged = Extract<InsuredEvent, { type: 'IdentityMerged' }>;

/** The survivor takes over, or the merge is undone. A repeat after an undoing finds the identity standing, and does nothing. */
export async function completeMerge(
  store: EventStore,
  { data }: RecordedEvent<Merged>,
  context: CommandContext,
): Promise<void> {
  const { mergeId, personId: merged, survivor, mergedOn } = data;
  const { state } = await store.load(insured, merged);
  if (state.merged?.mergeId !== mergeId) return;
  const { enrolments, conflicts } = state;
  try {
    await store.execute(
      insured,
      survivor,
      { type: 'AbsorbIdentity', mergeId, merged, enrolments, conflicts, mergedOn },
      causedBy(context, deterministicId('absorb', mergeId)),
    );
  } catch (refusal) {
    if (!(refusal instanceof DomainError)) throw refusal;
    const undo = causedBy(context, deterministicId('undo-merge', mergeId));
    await store.execute(insured, merged, { type: 'UndoMerge', mergeId, on: mergedOn }, undo);
  }
}

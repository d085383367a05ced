import { accountReactions, CloseYear, CorrectCredit } from '@provident/accounts';
import { CloseYearHandler, CorrectCreditHandler } from '@provident/accounts/handlers';
import {
  ChargeLateFees,
  collectionReactions,
  FileDeclaration,
  IdentifyReceipt,
  ImportReceipts,
} from '@provident/collection';
import { ChargeLateFeesHandler } from '@provident/collection/late-fees/handlers';
import { FileDeclarationHandler, IdentifyReceiptHandler, ImportReceiptsHandler } from '@provident/collection/handlers';
import type { EventStore, LogReader, Reaction } from '@provident/event-store';
import { type BusinessDate, type CommandContext, deterministicId } from '@provident/kernel';
import { loadPolicy, type PolicyInForce } from '@provident/policy';
import { EndEnrolment, ImportEmployers, ImportPeople, MergeIdentity, registryReactions } from '@provident/registry';
import {
  EndEnrolmentHandler,
  ImportEmployersHandler,
  ImportPeopleHandler,
  MergeIdentityHandler,
} from '@provident/registry/handlers';
import { MemoryStore } from './memory-store.js';
import { memoryIndex } from './person-ids.js';

export type LedgerCommand =
  | ImportEmployers
  | ImportPeople
  | FileDeclaration
  | ImportReceipts
  | IdentifyReceipt
  | ChargeLateFees
  | CorrectCredit
  | CloseYear
  | EndEnrolment
  | MergeIdentity;

/** Nothing is sealed in memory. */
export const NOTHING_TO_ERASE = { erase: () => Promise.resolve(), link: () => Promise.resolve() };

let policy: PolicyInForce | undefined;

/** The write side whole: its own handlers, deciders and reactions over a log in memory, with every reaction carried out. */
export class MemoryLedger {
  readonly log = new MemoryStore();
  private readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  private readonly policy: PolicyInForce;
  private reacted = 0;
  private commands = 0;

  constructor() {
    policy ??= { book: loadPolicy() };
    this.policy = policy;
    const { store } = this;
    const reactions = [
      ...registryReactions(store, NOTHING_TO_ERASE),
      ...collectionReactions(store, policy),
      ...accountReactions(store, policy),
    ];
    this.reactions = Map.groupBy(reactions, (reaction) => reaction.on);
  }

  /** The memory behind the interface that the contexts are written for. */
  get store(): EventStore {
    return this.log as unknown as EventStore;
  }

  context(effectiveDate: BusinessDate): CommandContext {
    this.commands += 1;
    const commandId = deterministicId('memory-command', String(this.commands));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor: 'clerk:proof', effectiveDate, area: '310000' };
  }

  /** Carries out a command and everything that it sets off. */
  async execute(command: LedgerCommand): Promise<unknown> {
    try {
      return await this.handle(command);
    } finally {
      await this.react();
    }
  }

  private handle(command: LedgerCommand): Promise<unknown> {
    const { store, policy } = this;
    if (command instanceof ImportEmployers) return new ImportEmployersHandler(store).execute(command);
    if (command instanceof ImportPeople) return new ImportPeopleHandler(store, memoryIndex).execute(command);
    if (command instanceof FileDeclaration)
      return new FileDeclarationHandler(store, policy, memoryIndex).execute(command);
    if (command instanceof ImportReceipts) return new ImportReceiptsHandler(store).execute(command);
    if (command instanceof IdentifyReceipt) return new IdentifyReceiptHandler(store).execute(command);
    if (command instanceof ChargeLateFees) return new ChargeLateFeesHandler(store, policy).execute(command);
    if (command instanceof CorrectCredit) return new CorrectCreditHandler(store).execute(command);
    if (command instanceof EndEnrolment) return new EndEnrolmentHandler(store).execute(command);
    if (command instanceof MergeIdentity) return new MergeIdentityHandler(store).execute(command);
    return new CloseYearHandler(store, this.log as unknown as LogReader, policy).execute(command);
  }

  private async react(): Promise<void> {
    for (let event = this.log.events[this.reacted]; event !== undefined; event = this.log.events[this.reacted]) {
      this.reacted += 1;
      for (const reaction of this.reactions.get(event.type) ?? []) {
        // A reaction that is refused brings the runner to a stand: never a part of life.
        await reaction.react(event).catch((cause: unknown) => {
          throw new Error(`The reaction to ${event.type} of ${event.stream} failed: ${String(cause)}`, { cause });
        });
      }
    }
  }
}

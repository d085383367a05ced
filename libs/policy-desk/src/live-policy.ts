import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AREA, type CommandResult, EventStore, LogReader, StoreClient } from '@provident/event-store';
import type { CommandContext } from '@provident/kernel';
import {
  areaChain,
  overlayOf,
  PolicyBook,
  type PolicyChangeCommand,
  type PolicyChangeState,
  policyEventSchemas,
  PolicyInForce,
} from '@provident/policy';
import { type ParameterChanges, parameterChanges } from './parameter-changes.js';

/** Most events of the log taken at once; each only says which area to read anew. */
const MAX_BATCH = 100;

/** An area's changes as far as read, -1 before the first event. */
interface AreaChanges {
  readonly state: PolicyChangeState;
  readonly revision: bigint;
}

/**
 * The policy in force: the shipped book with the approved changes of the areas over it. The process's own area and those
 * that contain it are read before it serves, others when somebody asks for them; from then on the log tells of every
 * change, whichever process made it. The same streams give the same book: a lookup goes along one chain of areas, and
 * within an area the order is that of its stream.
 */
@Injectable()
export class LivePolicy extends PolicyInForce implements OnModuleInit, OnModuleDestroy {
  private readonly changes: ParameterChanges;
  private readonly areas = new Map<string, AreaChanges>();
  private readonly stopping = new AbortController();
  private readonly logger = new Logger(LivePolicy.name);
  private following: Promise<void> | undefined;
  private current: PolicyBook;
  private failure: Error | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly client: StoreClient,
    private readonly log: LogReader,
    @Inject(AREA) private readonly area: string,
    private readonly shipped: PolicyBook,
  ) {
    super();
    this.changes = parameterChanges(shipped);
    this.current = shipped;
  }

  /** Throws once the log cannot be followed: a decision under a law of yesterday would be wrong without a sign of it. */
  get book(): PolicyBook {
    if (this.failure !== undefined) throw this.failure;
    return this.current;
  }

  async onModuleInit(): Promise<void> {
    // First the place, then the streams: what is appended in between is seen twice, never missed.
    const after = await this.client.head();
    await this.include(this.area);
    this.following = this.follow(after).catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.logger.error(`The policy in force is no longer known: ${this.failure.message}`, this.failure.stack);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /** Makes the book hold the approved changes of an area and of those that contain it. */
  async include(area: string): Promise<void> {
    const unread = areaChain(area).filter((each) => !this.areas.has(each));
    await Promise.all(unread.map((each) => this.refresh(each)));
  }

  /** The proposals of exactly one area. */
  async changesOf(area: string): Promise<PolicyChangeState> {
    return (await this.store.load(this.changes, area)).state;
  }

  /** Carries out a command on an area's changes; the book holds what came of it before this returns. */
  async change(area: string, command: PolicyChangeCommand, context: CommandContext): Promise<CommandResult> {
    const result = await this.store.execute(this.changes, area, command, context);
    await this.refresh(area);
    return result;
  }

  private async follow(after: bigint | undefined): Promise<void> {
    const batches = this.log.batches({
      ...(after === undefined ? {} : { after }),
      types: Object.keys(policyEventSchemas),
      live: true,
      maxBatch: MAX_BATCH,
      signal: this.stopping.signal,
    });
    for await (const batch of batches) {
      const streams = new Set(batch.map(({ stream }) => stream));
      for (const stream of streams) await this.refresh(stream.slice(this.changes.category.length + 1));
    }
  }

  /** Reads an area's stream. Two readings may overtake each other: the one that saw more stays. */
  private async refresh(area: string): Promise<void> {
    const { state, revision } = await this.store.load(this.changes, area);
    const known = this.areas.get(area);
    // Areas without any change are not kept, so that asking for many of them costs no memory.
    if (revision < 0n || (known !== undefined && known.revision >= revision)) return;
    this.areas.set(area, { state, revision });
    const inOrder = [...this.areas].sort(([a], [b]) => (a < b ? -1 : 1));
    this.current = this.shipped.withOverlay(inOrder.flatMap(([, changes]) => overlayOf(changes.state)));
  }
}

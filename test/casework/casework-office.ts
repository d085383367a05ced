import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PROJECTIONS, ReadSideModule } from '@provident/assembly/read-side.module';
import { SurroundingsModule } from '@provident/assembly/surroundings.module';
import { WriteSideModule } from '@provident/assembly/write-side.module';
import { authoritiesOf, type Authority, type Delegation, type Role, type RoleGrant, Staff } from '@provident/casework';
import { type EmbeddedEventStore, startEmbeddedEventStore } from '@provident/embedded-event-store';
import { EventStoreModule, LogReader, ReactionRunner, StoreClient } from '@provident/event-store';
import { type BusinessDate, businessDate, type CommandContext, deterministicId } from '@provident/kernel';
import { ProjectionsModule, Projector, ReadPosition } from '@provident/projections';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';

export const AREA = '310000';

/** People of an agency and an employer, with what they were granted and lent; told by tests as they go. */
export class StaffList extends Staff {
  readonly grants: RoleGrant[] = [];
  readonly delegations: Delegation[] = [];
  private readonly persons = new Map<string, string>();

  hire(person: string, ...roles: readonly Role[]): void {
    for (const kind of ['clerk', 'chief']) this.persons.set(`${kind}:${person}`, person);
    this.grants.push(...roles.map((role) => ({ person, role, from: businessDate('2025-01-01') })));
  }

  authoritiesOf(account: string, on: BusinessDate): Promise<readonly Authority[]> {
    const { persons, grants, delegations } = this;
    return Promise.resolve(authoritiesOf({ persons, grants, delegations }, account, on));
  }
}

@Module({})
class RootModule {}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** An agency with casework and its desk over HTTP, on a real event store and a real PostgreSQL. Its day can be moved on. */
export class CaseworkOffice {
  readonly staff: StaffList;
  readonly failures: Error[] = [];
  private day = '2026-01-15';
  private commands = 0;

  private constructor(
    private readonly store: EmbeddedEventStore,
    private readonly folder: string,
    staff: StaffList,
  ) {
    this.staff = staff;
  }
  private opened: NestFastifyApplication | undefined;

  static async open(): Promise<CaseworkOffice> {
    const store = await startEmbeddedEventStore({ inThread: true });
    const office = new CaseworkOffice(store, newDataFolder(), new StaffList());
    await office.start();
    return office;
  }

  private get reactions(): ReactionRunner {
    return this.app.get(ReactionRunner, { strict: false });
  }

  get app(): NestFastifyApplication {
    if (this.opened === undefined) throw new Error('The office is closed.');
    return this.opened;
  }

  private async start(): Promise<void> {
    const eventStore = EventStoreModule.forRoot({ url: this.store.url, area: AREA });
    const engine = ProjectionsModule.forRoot({
      database: { folder: `${this.folder}/postgres` },
      projections: PROJECTIONS,
      source: { imports: [eventStore], token: LogReader },
    });
    this.opened = await createHttpApplication({
      module: RootModule,
      imports: [
        SurroundingsModule.with({ now: () => new Date(`${this.day}T02:00:00Z`) }),
        ...[eventStore, engine],
        WriteSideModule.with({
          onReactionFailure: (error) => this.failures.push(error),
          casework: { staff: { provide: Staff, useValue: this.staff } },
        }),
        ReadSideModule.over(engine),
      ],
    });
    await this.app.get(Projector).start();
    await this.reactions.start();
  }

  /** The day goes on; time never goes back. */
  moveTo(day: string): void {
    this.day = businessDate(day);
  }

  context(effectiveDate: string, actor = 'clerk:li'): CommandContext {
    this.commands += 1;
    const commandId = deterministicId('casework-test', String(this.commands));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor, effectiveDate: businessDate(effectiveDate), area: AREA };
  }

  /** Until every reaction was carried out, also those that reactions set off, and the read side shows it. */
  async settled(): Promise<void> {
    await this.reactions.idle();
    const head = await this.app.get(StoreClient, { strict: false }).head();
    if (head !== undefined) await this.app.get(ReadPosition, { strict: false }).waitFor(head, 60_000);
  }

  async post(path: string, body: object, actor: string, key?: string): Promise<Answer> {
    const headers = {
      ...{ 'content-type': 'application/json', 'x-actor': actor },
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const answer = await this.app.inject({
      ...{ method: 'POST', url: `/api/${path}`, headers, payload: JSON.stringify(body) },
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  async get(path: string): Promise<Answer> {
    const answer = await this.app.inject({ method: 'GET', url: `/api/${path}` });
    return { status: answer.statusCode, body: answer.json() };
  }

  async close(): Promise<void> {
    await this.reactions.stop();
    await this.app.close();
    await this.store.stop();
    removeDataFolder(this.folder);
  }
}

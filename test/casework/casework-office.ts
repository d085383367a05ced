import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { businessDate, type CommandContext, deterministicId } from '@provident/kernel';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { type Holds, join, type SignedIn, signIn } from '../support/people.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

export const AREA = '310000';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The office over HTTP, with people who sign in, and a day that can be moved on. */
export class CaseworkOffice {
  private day = '2026-01-15';
  private commands = 0;
  private opened: TestLedger | undefined;
  /** Who signed in on the present day: tokens are short. */
  private readonly signedIn = new Map<string, SignedIn>();

  static async open(): Promise<CaseworkOffice> {
    const office = new CaseworkOffice();
    office.opened = await openTestLedger(createHttpApplication, {
      now: () => new Date(`${office.day}T02:00:00Z`),
    });
    return office;
  }

  get ledger(): TestLedger {
    if (this.opened === undefined) throw new Error('The office is closed.');
    return this.opened;
  }

  get app(): NestFastifyApplication {
    return this.ledger.ledger.app as NestFastifyApplication;
  }

  get failures(): readonly Error[] {
    return this.ledger.failures;
  }

  /** Somebody with these roles, who can sign in; a known person where one is named. */
  hire(holds: readonly Holds[], personId?: string): Promise<SignedIn> {
    return join(this.app, (body) => this.signIn(body), holds, personId);
  }

  /** The day goes on; time never goes back. */
  moveTo(day: string): void {
    this.day = businessDate(day);
    this.signedIn.clear();
  }

  context(effectiveDate: string, actor = 'system:test'): CommandContext {
    this.commands += 1;
    const commandId = deterministicId('casework-test', String(this.commands));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor, effectiveDate: businessDate(effectiveDate), area: AREA };
  }

  /** Until every reaction was carried out, also those that reactions set off, and the read side shows it. */
  settled(): Promise<void> {
    return this.ledger.ledger.settled();
  }

  async post(path: string, body: object, who: SignedIn, key?: string): Promise<Answer> {
    const headers = {
      ...{ 'content-type': 'application/json', ...(await this.today(who)).headers },
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const answer = await this.app.inject({
      ...{ method: 'POST', url: `/api/${path}`, headers, payload: JSON.stringify(body) },
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  async get(path: string, who: SignedIn): Promise<Answer> {
    const { headers } = await this.today(who);
    const answer = await this.app.inject({ method: 'GET', url: `/api/${path}`, headers });
    return { status: answer.statusCode, body: answer.json() };
  }

  close(): Promise<void> {
    return this.ledger.close();
  }

  private async today(who: SignedIn): Promise<SignedIn> {
    const known = this.signedIn.get(who.userId) ?? (await signIn(this.app, (body) => this.signIn(body), who));
    this.signedIn.set(who.userId, known);
    return known;
  }

  private async signIn(payload: object): Promise<unknown> {
    return (await this.app.inject({ method: 'POST', url: '/api/access/sign-in', payload })).json();
  }
}

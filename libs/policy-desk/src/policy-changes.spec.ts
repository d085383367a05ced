import { setTimeout as delay } from 'node:timers/promises';
import { type Command, CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PersonIndex } from '@provident/access';
import { FileDeclaration } from '@provident/collection';
import type { CollectionEvent } from '@provident/collection/events';
import type { EmbeddedEventStore } from '@provident/embedded-event-store';
import { type CommandResult, EventStore } from '@provident/event-store';
import { problemOf } from '@provident/http/problem-filter';
import { businessDate, type CommandContext, deterministicId, month } from '@provident/kernel';
import { type PolicyEvent, PolicyInForce } from '@provident/policy';
import { Enrol, RegisterEmployer, RegisterPerson } from '@provident/registry';
import { ApproveProposal, ProposeParameter, type ProposeParameterBody, ReviewProposal } from './commands.js';
import { type Answer, AREA, get, openDesk, post, startStore, TODAY } from './testing/desk.js';

type ContributionDeclared = Extract<CollectionEvent, { type: 'ContributionDeclared' }>['data'];

const EMPLOYER = '91350100M000100Y43';
const PERSON = '11010519491231002X';
const PROPOSAL = {
  parameter: 'unemployment.employer',
  area: AREA,
  from: '2025-09-01',
  value: '0.006',
  basis: { document: '失业保险费率调整的通知', number: '示例〔2025〕9号' },
  source: 'notice',
  confidence: 'official',
  reason: 'the stage rate ends',
};

let store: EmbeddedEventStore;
let desk: NestFastifyApplication;
const desks: NestFastifyApplication[] = [];

/** A process beside those that are open. */
async function anotherDesk(): Promise<NestFastifyApplication> {
  const opened = await openDesk(store.url);
  desks.push(opened);
  return opened;
}

beforeAll(async () => {
  store = await startStore();
  desk = await anotherDesk();
});
afterAll(async () => {
  for (const each of desks) await each.close();
  await store.stop();
});

let given = 0;

/** Gives a command as a case does that carries a change, and answers as a route would. */
async function give(actor: string, make: (context: CommandContext) => Command<CommandResult>): Promise<Answer> {
  given += 1;
  const id = deterministicId('policy-test', String(given));
  const ids = { commandId: id, correlationId: id, causationId: id };
  const context = { ...ids, actor, area: AREA, effectiveDate: businessDate(TODAY) };
  try {
    const { events, ...more } = await desk.get(CommandBus).execute(make(context));
    return { status: 201, body: { ...more, events: events.length } };
  } catch (error) {
    const problem = problemOf(error);
    return { status: problem.status, body: problem };
  }
}

const proposing = (changes: object, actor = 'clerk:li') =>
  give(actor, (context) => new ProposeParameter({ ...PROPOSAL, ...changes } as ProposeParameterBody, context));

async function propose(changes: object = {}): Promise<string> {
  const { status, body } = await proposing(changes);
  expect({ status, body }).toMatchObject({ status: 201, body: { events: 1 } });
  return (body as { proposalId: string }).proposalId;
}
const review = (proposalId: string, actor = 'clerk:wang', area = AREA) =>
  give(actor, (context) => new ReviewProposal({ area, proposalId }, context));
const approve = (proposalId: string, actor = 'chief:zhao', area = AREA) =>
  give(actor, (context) => new ApproveProposal({ area, proposalId }, context));

/** The rate of unemployment insurance that an employer pays in a month. */
const rateOn = (on: string, app = desk): unknown =>
  app.get(PolicyInForce).book.parameter('unemployment.employer', AREA, businessDate(on)).content;

describe('who changes a parameter', () => {
  it('is neither reviewer nor approver of an own proposal, and nothing is approved without review', async () => {
    const id = await propose({ from: '2030-01-01' });
    expect(await review(id, 'clerk:li')).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:reviewer-is-proposer', rule: expect.stringContaining('第36-38条') },
    });
    expect(await approve(id)).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:proposal-not-reviewed' },
    });
    expect(await review(id)).toMatchObject({ status: 201, body: { events: 1 } });
    expect(await approve(id, 'clerk:li')).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:approver-is-proposer' },
    });
    expect(await approve(id, 'clerk:wang')).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:approver-is-reviewer' },
    });
    expect(await approve('00000000-0000-4000-8000-000000000001')).toMatchObject({ status: 404 });
  });

  it('says what is wrong with a proposal', async () => {
    const wrong = async (changes: object) => {
      const { status, body } = await proposing(changes);
      return [status, (body as { title: string }).title];
    };
    expect(await wrong({ parameter: 'unemployment.boss' })).toEqual([
      404,
      'There is no parameter "unemployment.boss".',
    ]);
    expect(await wrong({ value: '0.6 %' })).toEqual([
      422,
      'unemployment.employer: "0.6 %" is not in ratio; write it like 0.16.',
    ]);
    expect(await wrong({ value: 0.006 })).toEqual([
      422,
      'unemployment.employer: 0.006 must be written as text, for example "0.16".',
    ]);
    expect(await wrong({ parameter: 'work_injury.employer', value: '0.002' })).toMatchObject([
      422,
      expect.stringContaining('value must be the fields 1, 2, 3'),
    ]);
  });
});

describe('an approved change', () => {
  it('is what declarations of its months are computed by, and no others', async () => {
    const context = (id: string): CommandContext => ({
      ...{ commandId: id, correlationId: id, causationId: id, actor: 'clerk:test' },
      ...{ effectiveDate: businessDate(TODAY), area: AREA },
    });
    const commands = desk.get(CommandBus);
    const registeredOn = businessDate('2025-01-02');
    await commands.execute(
      new RegisterEmployer({ creditCode: EMPLOYER, name: '示例厂', registeredOn, riskClass: 1 }, context('1')),
    );
    await commands.execute(new RegisterPerson({ citizenNumber: PERSON, name: '张三' }, context('2')));
    const enrolment = { employer: EMPLOYER, schemes: ['pension' as const, 'unemployment' as const] };
    await commands.execute(
      new Enrol(desk.get(PersonIndex).personIdOf(PERSON), { ...enrolment, from: month('2025-07') }, context('3')),
    );
    const declare = async (declared: string) => {
      const file = Buffer.from(`citizen_number,name,wage\n${PERSON},张三,10000.00\n`);
      const id = month(declared);
      expect(await commands.execute(new FileDeclaration(EMPLOYER, id, file, {}, context(declared)))).toMatchObject({
        written: true,
      });
      const events = desk.get(EventStore).read<CollectionEvent>({ category: 'declaration' }, `${EMPLOYER}-${declared}`);
      for await (const { type, data } of events) {
        if (type === 'ContributionDeclared') return data as ContributionDeclared;
      }
      throw new Error('not declared');
    };
    const unemployment = ({ parameters }: { parameters: readonly { id: string }[] }) =>
      parameters.find(({ id }) => id === 'unemployment.employer');

    const july = await declare('2025-07');
    const id = await propose();
    await review(id);
    expect(rateOn('2025-09-01')).toBe('0.005');
    const approved = await approve(id);
    expect(approved).toMatchObject({ status: 201, body: { events: 1 } });
    expect([rateOn('2025-08-31'), rateOn('2025-09-01')]).toEqual(['0.005', '0.006']);
    const [august, september] = [await declare('2025-08'), await declare('2025-09')];
    const shipped = { value: '0.005', from: '2025-01-01', confidence: 'official' };
    expect(unemployment(july)).toMatchObject(shipped);
    expect(unemployment(august)).toMatchObject(shipped);
    expect(unemployment(september)).toEqual({
      ...{ id: 'unemployment.employer', area: AREA, from: '2025-09-01', value: '0.006', confidence: 'official' },
      legalBasis: '《失业保险费率调整的通知》 示例〔2025〕9号',
    });
  });

  it('names proposer, reviewer and approver in its events', async () => {
    const events = [];
    for await (const event of desk.get(EventStore).read<PolicyEvent>({ category: 'policy' }, AREA)) events.push(event);
    const { actor, reviewer, approver, effectiveDate } = events.at(-1)!.metadata;
    expect(events.slice(-3).map(({ type, metadata }) => [type, metadata.actor])).toEqual([
      ['PolicyParameterProposed', 'clerk:li'],
      ['PolicyParameterReviewed', 'clerk:wang'],
      ['PolicyParameterApproved', 'chief:zhao'],
    ]);
    expect({ actor, reviewer, approver, effectiveDate }).toEqual({
      ...{ actor: 'chief:zhao', reviewer: 'clerk:wang', approver: 'chief:zhao', effectiveDate: TODAY },
    });
    expect((await get(desk, '/api/policy/proposals')).body).toContainEqual(
      expect.objectContaining({ status: 'approved', value: '0.006', proposer: 'clerk:li', approvedOn: TODAY }),
    );
  });

  it('counts in a process that starts later, and at once in one that runs beside', async () => {
    const other = await anotherDesk();
    expect(rateOn('2025-09-01', other)).toBe('0.006');
    const id = await propose({ from: '2025-10-01', value: '0.007' });
    await review(id);
    await approve(id);
    expect(rateOn('2025-10-01')).toBe('0.007');
    for (let tries = 0; tries < 200 && rateOn('2025-10-01', other) !== '0.007'; tries += 1) await delay(10);
    expect(rateOn('2025-10-01', other)).toBe('0.007');
  });

  it('of another area counts for a calculation there', async () => {
    const change = { parameter: 'ui.subsistence_floor', area: '310115', value: '1700.00', from: '2026-07-01' };
    const id = await propose(change);
    await review(id, 'clerk:wang', '310115');
    await approve(id, 'chief:zhao', '310115');
    const other = await anotherDesk();
    for (const app of [desk, other]) {
      const request = { area: '310115', on: '2026-07-06' };
      expect(await post(app, '/api/calculations/unemployment-benefit-ladder', request)).toMatchObject({
        status: 200,
        body: { inputs: { subsistenceFloor: '1700.00' } },
      });
    }
  });
});

import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PersonIndex } from '@provident/access';
import { businessDate, type CommandContext, deterministicId } from '@provident/kernel';
import { TakeCaseStep, TakeNoticeStep, TakeThreadStep } from '@provident/casework';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import { filingIdOf } from '@provident/registry/administrators/administrators';
import { FileAdministrator, StartHandover, VerifyAdministrator } from '@provident/registry/administrators/commands';
import { AUTHORITIES, HANDOVER_KINDS } from '@provident/registry/administrators/events';
import { citizenNumber, creditCode, employersCsv, peopleCsv, personName } from '../support/invented.js';
import { register } from '../support/people.js';

export const AREA = '310000';
const HASH = 'a'.repeat(64);
const ON = businessDate('2026-01-15');

/** One side of the border of a right: what belongs to somebody, or to somebody else. */
export interface Place {
  readonly employer: string;
  readonly personId: string;
  readonly citizenNumber: string;
  readonly employerCase: string;
  readonly personCase: string;
  readonly thread: string;
  readonly notice: string;
}

/** Makes an employer with a person, and of each kind of thing one that is theirs. */
export async function makePlace(app: NestFastifyApplication, place: number): Promise<Place> {
  const commands = app.get(CommandBus, { strict: false });
  const employer = creditCode(place);
  const personId = app.get(PersonIndex, { strict: false }).personIdOf(citizenNumber(place));
  const clerk = await register(app, ['clerk', 'reviewer']);
  await commands.execute(new ImportEmployers(employersCsv([place]), {}, by(clerk.actor)));
  await commands.execute(new ImportPeople(peopleCsv([{ place, employer: place }], '2026-01'), {}, by(clerk.actor)));
  const open = async (procedure: string, request: Record<string, unknown>): Promise<string> => {
    const caseId = randomUUID();
    await commands.execute(new TakeCaseStep(caseId, { type: 'OpenCase', caseId, procedure, request }, by(clerk.actor)));
    return caseId;
  };
  const refund = { employer, fund: 'unemployment', amount: '1.00', refundedOn: '2026-01-15', reason: 'twice' };
  const correction = { wrongPersonId: personId, month: '2025-12', rightPersonId: randomUUID(), correctedOn: ON };
  const [threadId, noticeId] = [randomUUID(), randomUUID()];
  const opening = { type: 'OpenThread', threadId, employer, title: '基数', side: 'agency' } as const;
  await commands.execute(new TakeThreadStep(threadId, opening, by(clerk.actor)));
  const administrator = await register(app, [
    { role: 'employer-administrator', scope: { kind: 'own-employer', employer } },
  ]);
  const notice = { noticeId, employer, title: '公示', text: '各位', recipients: [personId] };
  await commands.execute(new TakeNoticeStep(noticeId, { type: 'PublishNotice', ...notice }, by(administrator.actor)));
  await handOver(app, employer, place);
  return {
    ...{ employer, personId, citizenNumber: citizenNumber(place), thread: threadId, notice: noticeId },
    employerCase: await open('overpayment-refund', refund),
    personCase: await open('credit-correction', { ...correction, reason: '误' }),
  };
}

/** A handover of the employer's file to the place's person, by whom nothing is confirmed yet. */
async function handOver(app: NestFastifyApplication, employer: string, place: number): Promise<void> {
  const commands = app.get(CommandBus, { strict: false });
  const [clerk, reviewer] = [await register(app, ['clerk']), await register(app, ['reviewer'])];
  const file = async (who: number, from: string, replaces?: string): Promise<string> => {
    const context = by(clerk.actor);
    const [day, filingId] = [businessDate(from), filingIdOf(context.commandId)];
    const body = {
      ...{ name: personName(who), citizenNumber: citizenNumber(who), phone: '021-12345678', from: day, filedOn: day },
      ...{ authority: [...AUTHORITIES], letterHash: HASH, ...(replaces === undefined ? {} : { replaces }) },
    };
    await commands.execute(new FileAdministrator(employer, body, context));
    await commands.execute(new VerifyAdministrator(employer, { filingId, verifiedOn: day }, by(reviewer.actor)));
    return filingId;
  };
  const incoming = await file(place, '2026-01-02', await file(place + 50, '2026-01-01'));
  const items = HANDOVER_KINDS.map((kind) => ({ kind, description: kind, count: 1 }));
  await commands.execute(new StartHandover(employer, { incoming, items, startedOn: ON }, by(clerk.actor)));
}

function by(actor: string): CommandContext {
  const commandId = deterministicId('place', randomUUID());
  return { commandId, correlationId: commandId, causationId: commandId, actor, area: AREA, effectiveDate: ON };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ReadLog } from '@provident/access';
import { PROJECTIONS } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import { READ_DATABASE, type ReadDatabase, ReadSide } from '@provident/projections';
import { ArchiveSource, exportArchive, runReplay } from '@provident/supervision';
import type { SignedIn } from '../support/people.js';
import { citizenNumber, creditCode, personName } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';
import { AREA, CaseworkOffice } from './casework-office.js';

const EMPLOYER = creditCode(0);
const HASH = 'a'.repeat(64);

/** A clerk, a reviewer, an approver; an employer's administrator and an insured person. */
let [LI, WANG, ZHAO, CHEN, HERSELF] = [] as unknown as [SignedIn, SignedIn, SignedIn, SignedIn, SignedIn];

let office: CaseworkOffice;
let [ANNA = '', BERTA = '']: string[] = [];

beforeAll(async () => {
  office = await CaseworkOffice.open();
  [ANNA = '', BERTA = ''] = personIds(office.app, 0, 1);
  [LI, WANG, ZHAO] = [await office.hire(['clerk']), await office.hire(['reviewer']), await office.hire(['approver'])];
  const file = { role: 'employer-administrator', scope: { kind: 'own-employer', employer: EMPLOYER } } as const;
  const herself = { role: 'insured-person', scope: { kind: 'own-person', personId: ANNA } } as const;
  [CHEN, HERSELF] = [await office.hire([file]), await office.hire([herself], ANNA)];
});
afterAll(() => office.close());

const idOf = (body: Record<string, unknown>): string => body['id'] as string;

describe('the desk of a role', () => {
  const request = {
    employer: EMPLOYER,
    fund: 'unemployment',
    amount: '1.00',
    refundedOn: '2026-01-15',
    reason: 'twice',
  };
  const refund = { procedure: 'overpayment-refund', request };
  const queue = async (role: string) => {
    await office.settled();
    return (await office.get(`desk/queues/${role}?area=${AREA}`, WANG)).body;
  };

  it('shows what waits with the working days left, stopped while it is with the employer', async () => {
    const opened = await office.post('cases', refund, CHEN, 'one');
    const { caseId } = opened.body as { caseId: string };
    // The same request again is the same case.
    expect((await office.post('cases', refund, CHEN, 'one')).body).toMatchObject({ caseId, events: 0 });
    for (const kind of ['refund-application', 'payment-proof']) {
      await office.post(`cases/${caseId}/documents`, { kind, sha256: HASH }, CHEN);
    }
    // 15 January 2026 is a Thursday; nobody works on the weekend of 17 and 18.
    expect(await queue('reviewer')).toMatchObject({
      rows: [{ caseId, deadline: { daysLeft: 15 }, stepDeadline: { dueOn: '2026-01-22', daysLeft: 5 } }],
    });
    office.moveTo('2026-01-19');
    expect(await queue('reviewer')).toMatchObject({
      rows: [{ deadline: { daysLeft: 13 }, stepDeadline: { daysLeft: 3 } }],
    });
    const missing = ['payment-proof'];
    await office.post(`cases/${caseId}/returns`, { reason: 'unreadable', missing }, WANG);
    office.moveTo('2026-02-02');
    expect(await queue('reviewer')).toEqual({ rows: [], more: false });
    expect(await queue('maker')).toMatchObject({ rows: [{ caseId, isStopped: true, deadline: { daysLeft: 13 } }] });
    await office.post(`cases/${caseId}/documents`, { kind: 'payment-proof', sha256: 'b'.repeat(64) }, CHEN);
    expect(await office.post(`cases/${caseId}/resubmissions`, {}, CHEN)).toMatchObject({ status: 201 });
    expect(await queue('reviewer')).toMatchObject({ rows: [{ isStopped: false, deadline: { daysLeft: 13 } }] });
  });

  it('lists what is late', async () => {
    office.moveTo('2026-02-10');
    await office.settled();
    // The check was due five working days after 2 February; the whole is not late yet.
    expect((await office.get('desk/breaches', WANG)).body).toMatchObject({
      rows: [{ deadline: { isOverdue: false }, stepDeadline: { dueOn: '2026-02-09', daysLeft: -1, isOverdue: true } }],
    });
  });

  it('tells what is wrong with a request, field by field', async () => {
    const answer = await office.post('cases', { ...refund, request: { ...request, amount: 1, fund: 'pocket' } }, CHEN);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(/request\.fund.*request\.amount|request\.amount.*request\.fund/);
    expect(await office.post('cases', { ...refund, procedure: 'refund' }, LI)).toMatchObject({ status: 400 });
    expect(await office.get(`desk/cases/${ANNA}`, WANG)).toMatchObject({ status: 404 });
    expect((await office.get('procedures', WANG)).body).toContainEqual(
      expect.objectContaining({ name: 'overpayment-refund', withinDays: 15, stopsClock: ['supplement', 'court'] }),
    );
  });
});

describe('messages', () => {
  it('go to and fro between employer and agency, and show who has not answered', async () => {
    office.moveTo('2026-02-24');
    const thread = idOf(
      (await office.post('threads', { employer: EMPLOYER, title: '基数', side: 'employer' }, CHEN)).body,
    );
    const question = { side: 'employer', text: '何时公布？', documents: [] };
    const asked = idOf((await office.post(`threads/${thread}/messages`, question, CHEN)).body);
    await office.settled();
    expect((await office.get('desk/unanswered-messages', WANG)).body).toMatchObject({
      rows: [{ messageId: asked, text: '何时公布？', answerDeadline: { daysLeft: 5 } }],
    });
    const answer = { side: 'agency', text: '下周一', documents: [HASH], answers: asked };
    expect(await office.post(`threads/${thread}/messages`, answer, LI)).toMatchObject({ status: 201 });
    await office.settled();
    expect((await office.get('desk/unanswered-messages', WANG)).body).toEqual({ rows: [], more: false });
    expect((await office.get(`desk/threads/${thread}/messages`, WANG)).body).toMatchObject({
      rows: [{ isAnswered: true }, { side: 'agency', answers: asked, documents: [HASH] }],
    });
    expect((await office.get(`desk/threads?employer=${EMPLOYER}`, WANG)).body).toMatchObject({
      rows: [{ title: '基数' }],
    });
  });

  it('agree on a training, and the record shows who came', async () => {
    const thread = idOf((await office.post('threads', { employer: EMPLOYER, title: '培训', side: 'agency' }, LI)).body);
    const training = { side: 'agency', purpose: 'training', heldOn: '2026-02-26', time: '09:30', place: '三楼' };
    const meeting = idOf((await office.post(`threads/${thread}/appointments`, training, LI)).body);
    const path = `threads/${thread}/appointments/${meeting}`;
    expect(await office.post(`${path}/confirmation`, { side: 'employer' }, CHEN)).toMatchObject({ status: 200 });
    expect(await office.post(`${path}/attendance`, { attended: true }, LI)).toMatchObject({ status: 422 });
    office.moveTo('2026-02-26');
    expect(await office.post(`${path}/attendance`, { attended: true }, LI)).toMatchObject({ status: 200 });
    await office.settled();
    expect((await office.get(`desk/appointments?employer=${EMPLOYER}&purpose=training`, WANG)).body).toMatchObject({
      rows: [{ appointmentId: meeting, status: 'attended', heldOn: '2026-02-26' }],
    });
  });
});

describe('a notice', () => {
  it('counts who has read it', async () => {
    const notice = { employer: EMPLOYER, title: '基数公示', text: '各位：……', recipients: [ANNA, BERTA] };
    const id = idOf((await office.post('notices', notice, CHEN)).body);
    expect(await office.post(`notices/${id}/receipts`, { personId: ANNA }, HERSELF)).toMatchObject({
      status: 201,
    });
    await office.settled();
    expect((await office.get(`desk/notices?personId=${BERTA}`, WANG)).body).toMatchObject({
      rows: [{ noticeId: id, recipients: 2, readers: 1 }],
    });
    expect((await office.get(`desk/notices/${id}/unread`, WANG)).body).toEqual({ rows: [BERTA], more: false });
  });
});

describe('a task', () => {
  it('shows who gave it, by when, how far it is, and its evidence', async () => {
    const source = { authority: '市局', document: '专项行动通知', number: '示例〔2026〕1号', sha256: HASH };
    const task = { title: '稽核', source, owner: LI.actor, dueOn: '2026-03-06' };
    const id = idOf((await office.post('tasks', task, ZHAO)).body);
    const half = { percent: 50, note: '过半', evidence: [] };
    expect(await office.post(`tasks/${id}/progress`, half, WANG)).toMatchObject({ status: 422 });
    expect(await office.post(`tasks/${id}/progress`, half, LI)).toMatchObject({ status: 201 });
    await office.settled();
    expect((await office.get(`desk/tasks?owner=${LI.actor}&open=true`, WANG)).body).toMatchObject({
      rows: [{ taskId: id, percent: 50, authority: '市局', deadline: { dueOn: '2026-03-06', isOverdue: false } }],
    });
    const result = { result: '完成', evidence: [HASH] };
    expect(await office.post(`tasks/${id}/completion`, result, LI)).toMatchObject({ status: 200 });
    await office.settled();
    expect((await office.get(`desk/tasks/${id}`, WANG)).body).toMatchObject({
      ...{ percent: 100, result: '完成', assignedBy: ZHAO.actor, completedOn: '2026-02-26' },
      notes: [{ event: 'TaskAssigned' }, { percent: 50 }, { event: 'TaskCompleted', evidence: [HASH] }],
    });
  });
});

describe('a case that names several people', () => {
  it('names them to the agency, which is recorded; whoever is one of them learns of none of the others', async () => {
    for (const place of [0, 1]) {
      const person = { citizenNumber: citizenNumber(place), name: personName(place) };
      expect(await office.post('people', person, LI)).toMatchObject({ status: 201 });
    }
    const request = { wrongPersonId: ANNA, rightPersonId: BERTA, month: '2025-03', correctedOn: '2026-01-20' };
    const correction = { procedure: 'credit-correction', request: { ...request, reason: '误' } };
    const { caseId } = (await office.post('cases', correction, LI)).body as { caseId: string };
    await office.settled();
    const reads = async () =>
      (await office.app.get(ReadLog, { strict: false }).entries({ personId: BERTA, limit: 10 })).length;
    const before = await reads();
    const people = async (who: SignedIn) => (await office.get(`desk/cases/${caseId}`, who)).body['people'];
    expect(await people(WANG)).toEqual([
      { personId: BERTA, name: personName(1) },
      { personId: ANNA, name: personName(0) },
    ]);
    expect(await reads()).toBe(before + 1);
    expect(await people(HERSELF)).toEqual([]);
    expect(await reads()).toBe(before + 1);
  });
});

describe('the desk', () => {
  it('is the same when it is rebuilt from the log', async () => {
    await office.settled();
    const readSide = office.app.get(ReadSide, { strict: false });
    expect((await readSide.compareWithRebuilt()).differing).toEqual([]);
  });

  it('is the same when it is replayed from an archive, where the fields of an event stand in another order', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'provident-desk-spec-')), 'archive');
    const log = office.app.get(LogReader, { strict: false });
    const { url } = office.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
    await exportArchive({ folder, source: log });
    const source = await ArchiveSource.open(folder);
    const replay = { source, projections: PROJECTIONS, databaseUrl: url, production: { url, log } };
    expect((await runReplay(replay)).comparison).toMatchObject({ same: true, tables: [] });
    rmSync(dirname(folder), { recursive: true });
    expect(office.failures).toEqual([]);
  });
});

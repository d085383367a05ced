import { creditCodeCheckCharacter } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { caseAggregate } from './case.js';
import type { CaseCommand } from './case-commands.js';
import {
  CALENDAR,
  CASE,
  eventsOf,
  fileOf,
  FORM,
  on,
  OTHER_CASE,
  PROOF,
  REFUND,
  refundMadeBy,
} from './testing/cases.js';
import { acting, by, lent } from './testing/people.js';

const LI = acting('li', 'clerk');
const WANG = acting('wang', 'reviewer');
const ZHAO = acting('zhao', 'approver');
const EVERYTHING = ['clerk', 'reviewer', 'approver'] as const;

const made = eventsOf(...refundMadeBy(LI));
const { evidence } = fileOf(made);
const review = (actor = WANG, day = '2026-01-06'): CaseCommand => ({ type: 'ReviewCase', evidence, ...on(actor, day) });
const approve = (actor = ZHAO, day = '2026-01-07'): CaseCommand => ({
  type: 'ApproveCase',
  evidence,
  ...on(actor, day),
});
const emergency: CaseCommand = { type: 'ApproveInEmergency', evidence, reason: 'wages', ...on(ZHAO, '2026-01-06') };
const after = (...commands: CaseCommand[]) => given(caseAggregate, ...eventsOf(...refundMadeBy(LI), ...commands));
const failed: CaseCommand = {
  type: 'RecordFailure',
  ...{ on: on(LI, '2026-01-07').on, attempt: 1 },
  refusal: { code: 'refund-exceeds-held', message: 'm', rule: 'r', remedy: '' },
};
const done = (attempt = 1): CaseCommand => ({
  ...{ type: 'RecordCarriedOut', on: on(LI, '2026-01-07').on, attempt, commandId: OTHER_CASE },
});

describe('a case', () => {
  it('goes from opening to being carried out, each step with who, when, the rule and the evidence', () => {
    const events = eventsOf(...refundMadeBy(LI), review(), approve(), done());
    expect(events.map(({ type }) => type)).toEqual([
      ...['CaseOpened', 'CaseDocumentEntered', 'CaseDocumentEntered', 'CaseEvidenced'],
      ...['CaseReviewed', 'CaseApproved', 'CaseCarriedOut'],
    ]);
    expect(events[0]).toMatchObject({
      data: {
        ...{ procedure: 'overpayment-refund', subjectKind: 'employer', subjectId: REFUND.employer },
        ...{ limitDays: 15, dueOn: CALENDAR.addWorkingDays(on(LI, '2026-01-05').on, 15) },
      },
    });
    for (const { data } of events.slice(0, -1)) {
      expect(data).toMatchObject({
        rule: expect.stringMatching(/./),
        evidence: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }
    expect(events[4]?.data).toMatchObject({
      by: by('wang', 'reviewer'),
      on: '2026-01-06',
      stepDueOn: '2026-01-09',
      evidence,
    });
    expect(events[5]?.data).toMatchObject({ by: by('zhao', 'approver'), rule: expect.stringContaining('第37条') });
    expect(fileOf(events)).toMatchObject({
      status: 'carried-out',
      accounts: { maker: 'staff:li', reviewer: 'staff:wang', approver: 'staff:zhao' },
    });
  });

  it('is opened by a role that may, on a request that its procedure takes', () => {
    const open = (procedure: string, request: object, actor = LI) =>
      given(caseAggregate).when({ type: 'OpenCase', caseId: CASE, procedure, request, ...on(actor, '2026-01-05') });
    open('overpayment-refund', REFUND, WANG).thenRefused('role-missing');
    open('overpayment-refunds', REFUND).thenRefused('procedure-unknown');
    open('overpayment-refund', { ...REFUND, amount: 120, more: 1 }).thenRefused('input-invalid');
    open('overpayment-refund', { ...REFUND, refundedOn: '2026-02-30' }).thenRefused('input-invalid');
    open('overpayment-refund', { ...REFUND, employer: '91350100M000100Y44' }).thenRefused('input-invalid');
    given(caseAggregate, ...made)
      .when(refundMadeBy(LI)[0]!)
      .thenNothing();
  });

  it('waits for its required documents and takes no others', () => {
    const [open, form] = refundMadeBy(LI);
    const opened = eventsOf(open!, form!);
    expect(fileOf(opened).status).toBe('opened');
    given(caseAggregate, ...opened)
      .when(form!)
      .thenNothing();
    given(caseAggregate, ...opened)
      .when(review())
      .thenRefused('case-status-wrong');
    given(caseAggregate, ...opened)
      .when({ type: 'EnterDocument', kind: 'love-letter', sha256: FORM, ...on(LI, '2026-01-05') })
      .thenRefused('document-kind-unknown');
    given(caseAggregate).when(review()).thenRefused('case-unknown');
  });

  it('is decided on what was looked at, and on no day before its last step', () => {
    const seen = 'c'.repeat(64);
    after()
      .when({ type: 'ReviewCase', evidence: seen, ...on(WANG, '2026-01-06') })
      .thenRefused('case-changed-since');
    after(review())
      .when({ type: 'ApproveCase', evidence: seen, ...on(ZHAO, '2026-01-07') })
      .thenRefused('case-changed-since');
    after().when(review(WANG, '2026-01-04')).thenRefused('case-step-out-of-order');
  });

  it('is reviewed anew when a document comes after the review', () => {
    const entered: CaseCommand = {
      type: 'EnterDocument',
      kind: 'payment-proof',
      sha256: FORM,
      ...on(LI, '2026-01-07'),
    };
    after(review()).when(entered).thenTypes('CaseDocumentEntered', 'CaseEvidenced');
    after(review(), entered).when(approve()).thenRefused('case-status-wrong');
  });
});

describe('one person', () => {
  it('never both enters and checks, whatever roles that person has', () => {
    const all = acting('li', ...EVERYTHING);
    after().when(review(all)).thenRefused('checker-is-maker');
    after(review()).when(approve(all)).thenRefused('checker-is-maker');
    after()
      .when({ ...emergency, actor: all })
      .thenRefused('checker-is-maker');
    after()
      .when({ type: 'ReturnCase', reason: 'r', missing: [], ...on(all, '2026-01-06') })
      .thenRefused('checker-is-maker');
    after()
      .when({ type: 'RefuseCase', reason: 'r', ...on(all, '2026-01-06') })
      .thenRefused('checker-is-maker');
  });

  it('never both reviews and approves, nor reviews and goes on to enter', () => {
    const wang = acting('wang', ...EVERYTHING);
    after(review()).when(approve(wang)).thenRefused('approver-is-reviewer');
    after(review())
      .when({ type: 'EnterDocument', kind: 'payment-proof', sha256: FORM, ...on(wang, '2026-01-07') })
      .thenRefused('maker-is-reviewer');
  });

  it('is not helped by lending a role, nor by borrowing one', () => {
    after()
      .when(review(lent('sun', 'reviewer', 'li')))
      .thenRefused('checker-is-maker');
    after()
      .when(review(lent('sun', 'reviewer', 'qian', 'li')))
      .thenRefused('checker-is-maker');
    after(review())
      .when(approve(lent('sun', 'approver', 'wang')))
      .thenRefused('approver-is-reviewer');
    after(review(lent('sun', 'reviewer', 'qian')))
      .when(approve(acting('qian', 'approver')))
      .thenRefused('approver-is-reviewer');
    const forQian = given(caseAggregate, ...eventsOf(...refundMadeBy(lent('li', 'clerk', 'qian'))));
    forQian.when(review(acting('qian', 'reviewer'))).thenRefused('checker-is-maker');
  });

  it('acts by the authority that nothing stands against', () => {
    const both = acting('sun', 'reviewer');
    const actor = { ...both, authorities: [...lent('sun', 'reviewer', 'li').authorities, ...both.authorities] };
    after().when(review(actor)).thenTypes('CaseReviewed');
  });

  it('is the same with another account', () => {
    const account = 'chief:li';
    const chief = { account, authorities: [{ account, person: 'li', role: 'approver' as const, through: [] }] };
    after(review()).when(approve(chief)).thenRefused('checker-is-maker');
  });
});

describe('a return', () => {
  const back: CaseCommand = {
    type: 'ReturnCase',
    reason: 'unreadable',
    missing: ['payment-proof'],
    ...on(WANG, '2026-01-06'),
  };
  const again: CaseCommand = { type: 'ResubmitCase', ...on(LI, '2026-01-20') };
  const proof: CaseCommand = { type: 'EnterDocument', kind: 'payment-proof', sha256: FORM, ...on(LI, '2026-01-20') };

  it('asks for documents, stops the clock, and is over when they have come', () => {
    after(back).when(again).thenRefused('documents-missing');
    after(back).when(review()).thenRefused('case-status-wrong');
    after(back, proof).when(again).thenTypes('CaseResubmitted', 'CaseEvidenced');
    const [resubmitted] = eventsOf(...refundMadeBy(LI), back, proof, again).slice(-2);
    // One of 15 working days was used on 6 January.
    expect(resubmitted?.data).toMatchObject({ dueOn: CALENDAR.addWorkingDays(again.on, 14) });
  });

  it('takes an amended request about the same subject', () => {
    after(back, proof)
      .when({ ...again, request: { ...REFUND, amount: '100.00' } })
      .thenTypes('CaseResubmitted', 'CaseEvidenced');
    const first17 = '91310199MAX900001';
    const other = { ...REFUND, employer: first17 + creditCodeCheckCharacter(first17) };
    after(back, proof)
      .when({ ...again, request: other })
      .thenRefused('case-subject-changed');
    expect(
      fileOf(
        eventsOf(...refundMadeBy(LI), back, proof, {
          ...again,
          request: { ...REFUND, amount: '100.00' },
        }),
      ).request,
    ).toMatchObject({ amount: '100.00' });
  });
});

describe('the end of a case', () => {
  it('is a refusal or a withdrawal, and nothing follows it', () => {
    const refused: CaseCommand = { type: 'RefuseCase', reason: 'owed nothing', ...on(WANG, '2026-01-06') };
    const withdrawn: CaseCommand = { type: 'WithdrawCase', reason: 'mistake', ...on(LI, '2026-01-06') };
    after(refused).when(approve()).thenRefused('case-status-wrong');
    after(withdrawn).when(review()).thenRefused('case-status-wrong');
    after()
      .when({ ...withdrawn, ...on(acting('sun', 'clerk'), '2026-01-06') })
      .thenRefused('withdrawer-not-maker');
    after(review(), approve())
      .when({ ...withdrawn, ...on(LI, '2026-01-08') })
      .thenRefused('case-status-wrong');
  });

  it('can be a failure that is tried again or given up', () => {
    const retry: CaseCommand = { type: 'RetryCarryOut', reason: 'held now', ...on(LI, '2026-01-08') };
    const giveUp: CaseCommand = { type: 'GiveUpCase', reason: 'no use', ...on(ZHAO, '2026-01-08') };
    after(review(), approve()).when(failed).thenTypes('CaseCarryOutFailed');
    after(review(), approve(), failed).when(retry).thenTypes('CaseCarryOutRetried');
    // A report of the first try comes late and says nothing new.
    after(review(), approve(), failed, retry).when(done(1)).thenNothing();
    after(review(), approve(), failed, retry).when(done(2)).thenTypes('CaseCarriedOut');
    after(review(), approve(), failed, giveUp).when(retry).thenRefused('case-status-wrong');
    after(review(), approve(), done()).when(failed).thenNothing();
    after(review(), approve()).when(retry).thenRefused('case-status-wrong');
  });
});

describe('an emergency', () => {
  const clear = (actor = WANG, changes: object = {}): CaseCommand => ({
    ...{ type: 'ClearEmergencyDebt', evidence, finding: 'right', remark: 'in order', ...on(actor, '2026-01-09') },
    ...changes,
  });

  it('approves without review and leaves one owing', () => {
    after().when(emergency).thenTypes('CaseApprovedInEmergency');
    const file = fileOf(eventsOf(...refundMadeBy(LI), emergency));
    expect(file).toMatchObject({ status: 'approved', debt: { dueOn: '2026-01-09', isCleared: false } });
  });

  it('is cleared once, by somebody who neither made nor approved the case', () => {
    after(emergency).when(clear()).thenTypes('EmergencyDebtCleared');
    after(emergency, done()).when(clear()).thenTypes('EmergencyDebtCleared');
    after(emergency)
      .when(clear(acting('li', 'reviewer')))
      .thenRefused('checker-is-maker');
    after(emergency)
      .when(clear(acting('zhao', 'reviewer')))
      .thenRefused('reviewer-is-approver');
    after(emergency)
      .when(clear(lent('sun', 'reviewer', 'zhao')))
      .thenRefused('reviewer-is-approver');
    after(emergency, clear()).when(clear()).thenRefused('emergency-debt-unknown');
    after(review(), approve()).when(clear()).thenRefused('emergency-debt-unknown');
  });

  it('that was wrong names the case that corrects it', () => {
    after(emergency)
      .when(clear(WANG, { finding: 'wrong' }))
      .thenRefused('correcting-case-missing');
    after(emergency)
      .when(clear(WANG, { finding: 'wrong', correctedBy: CASE }))
      .thenRefused('correcting-case-missing');
    after(emergency)
      .when(clear(WANG, { finding: 'wrong', correctedBy: OTHER_CASE }))
      .thenTypes('EmergencyDebtCleared');
  });

  it('is there only where the procedure provides for it', () => {
    const request = { creditCode: REFUND.employer, requestedOn: '2026-01-05', reason: 'closed' };
    const opened = eventsOf(
      { type: 'OpenCase', caseId: CASE, procedure: 'employer-cancellation', request, ...on(LI, '2026-01-05') },
      { type: 'EnterDocument', kind: 'termination-document', sha256: PROOF, ...on(LI, '2026-01-05') },
    );
    given(caseAggregate, ...opened)
      .when(emergency)
      .thenRefused('emergency-not-provided');
  });
});

describe("a case's clock", () => {
  const stop: CaseCommand = { type: 'StopClock', cause: 'court', reason: 'suit', ...on(LI, '2026-01-06') };
  const resume: CaseCommand = { type: 'ResumeClock', ...on(LI, '2026-01-26') };

  it('stands still for the causes of the procedure, and nothing is decided meanwhile', () => {
    after().when(stop).thenTypes('CaseClockStopped');
    after()
      .when({ ...stop, cause: 'expert-opinion' })
      .thenRefused('stop-cause-not-provided');
    after()
      .when({ ...stop, cause: 'supplement' })
      .thenRefused('stop-cause-not-provided');
    after(stop).when(review()).thenRefused('case-clock-stopped');
    after(stop).when(stop).thenRefused('case-clock-stopped');
    after().when(resume).thenNothing();
  });

  it('goes on with what was left, for the whole and for the step', () => {
    const [resumed] = eventsOf(...refundMadeBy(LI), stop, resume).slice(-1);
    expect(resumed).toMatchObject({
      type: 'CaseClockResumed',
      data: { dueOn: CALENDAR.addWorkingDays(resume.on, 14), stepDueOn: CALENDAR.addWorkingDays(resume.on, 4) },
    });
  });
});

describe("somebody's own record", () => {
  const administrator = (employer: string) => ({
    account: 'user:chen',
    authorities: [
      {
        ...{ account: 'user:chen', person: 'chen', role: 'employer-administrator' as const, through: [] },
        scope: { kind: 'own-employer' as const, employer },
      },
    ],
  });

  it('is all that an administrator reaches', () => {
    const [open, form] = refundMadeBy(administrator(REFUND.employer));
    given(caseAggregate).when(open!).thenTypes('CaseOpened');
    given(caseAggregate)
      .when(refundMadeBy(administrator('91310199MAX9000010'))[0]!)
      .thenRefused('role-out-of-reach');
    given(caseAggregate, ...eventsOf(open!))
      .when({ ...form!, actor: administrator('91310199MAX9000010') })
      .thenRefused('role-out-of-reach');
  });
});

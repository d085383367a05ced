import { businessDate, deterministicId, month, type Scheme } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import type { InsuredEvent } from './events.js';
import { insured } from './insured.js';

const CODE = '91350100M000100Y43';
const OTHER = '91310000MA1FL0000X';
const citizenNumber = '11010519491231002X';
const personId = deterministicId('person', citizenNumber);
const survivor = deterministicId('survivor');
const mergeId = deterministicId('merge');
const day = businessDate('2025-06-10');
const schemes: Scheme[] = ['pension', 'medical'];
const person: InsuredEvent = { type: 'PersonRegistered', data: { personId, citizenNumber, name: '张三' } };
const enrolled: InsuredEvent = {
  type: 'PersonEnrolled',
  data: { personId, employer: CODE, schemes, from: month('2025-01') },
};
const suspended = (...of: Scheme[]): InsuredEvent => ({
  type: 'EnrolmentSuspended',
  data: { personId, employer: CODE, schemes: of, from: month('2025-03'), reason: '停薪留职' },
});
const merged: InsuredEvent = {
  type: 'IdentityMerged',
  data: { mergeId, personId, survivor, mergedOn: day, reason: '重复' },
};

describe('a participation', () => {
  const suspend = (from: string, ...of: Scheme[]) => ({
    type: 'SuspendEnrolment' as const,
    ...{ employer: CODE, schemes: of, from: month(from), reason: '停薪留职' },
  });
  const resume = (from: string, ...of: Scheme[]) => ({
    type: 'ResumeEnrolment' as const,
    ...{ employer: CODE, schemes: of, from: month(from) },
  });
  const end = (lastMonth: string, ...of: Scheme[]) => ({
    type: 'EndEnrolment' as const,
    ...{ employer: CODE, lastMonth: month(lastMonth), schemes: of },
  });

  it('rests and goes on by scheme', () => {
    given(insured, person, enrolled).when(suspend('2025-03', 'pension')).then(suspended('pension'));
    given(insured, person, enrolled, suspended('pension')).when(suspend('2025-03', 'pension')).thenNothing();
    given(insured, person, enrolled).when(suspend('2025-03', 'work-injury')).thenRefused('not-enrolled');
    given(insured, person, enrolled).when(suspend('2024-12', 'pension')).thenRefused('not-enrolled');
    given(insured, person, enrolled).when(resume('2025-05', 'pension')).thenRefused('suspension-out-of-order');
    const rests = suspended('pension', 'medical');
    given(insured, person, enrolled, rests).when(resume('2025-03', 'medical')).thenRefused('suspension-out-of-order');
    const back: InsuredEvent = {
      type: 'EnrolmentResumed',
      data: { personId, employer: CODE, schemes: ['medical'], from: month('2025-05') },
    };
    given(insured, person, enrolled, rests).when(resume('2025-05', 'medical')).then(back);
    given(insured, person, enrolled, rests, back).when(resume('2025-05', 'medical')).thenNothing();
    given(insured, person, enrolled, rests, back).when(resume('2025-06', 'pension')).thenTypes('EnrolmentResumed');
    given(insured, person, enrolled, rests, back)
      .when(suspend('2025-04', 'medical'))
      .thenRefused('suspension-out-of-order');
  });

  it('ends by scheme: the others begin anew the month after, and rest further if they rested', () => {
    const ended: InsuredEvent = {
      type: 'EnrolmentEnded',
      data: { personId, employer: CODE, lastMonth: month('2025-04') },
    };
    const begun: InsuredEvent = {
      type: 'PersonEnrolled',
      data: { personId, employer: CODE, schemes: ['medical'], from: month('2025-05') },
    };
    given(insured, person, enrolled).when(end('2025-04', 'pension')).then(ended, begun);
    given(insured, person, enrolled, ended, begun).when(end('2025-04', 'pension')).thenNothing();
    given(insured, person, enrolled)
      .when(end('2025-04', 'pension', 'medical'))
      .then(ended);
    given(insured, person, enrolled).when(end('2025-04', 'work-injury')).thenRefused('not-enrolled');
    given(insured, person, enrolled, suspended('medical'))
      .when(end('2025-04', 'pension'))
      .thenTypes('EnrolmentEnded', 'PersonEnrolled', 'EnrolmentSuspended');
  });

  it('begins again after its end, also through another employer', () => {
    const ended: InsuredEvent = {
      type: 'EnrolmentEnded',
      data: { personId, employer: CODE, lastMonth: month('2025-04') },
    };
    for (const employer of [CODE, OTHER]) {
      given(insured, person, enrolled, ended)
        .when({ type: 'Enrol', employer, schemes, from: month('2025-05') })
        .thenTypes('PersonEnrolled');
      given(insured, person, enrolled, ended)
        .when({ type: 'Enrol', employer, schemes, from: month('2025-04') })
        .thenRefused('already-enrolled');
    }
  });
});

describe('changed particulars of a person', () => {
  it('are filed as far as they differ; the name is then the one on record', () => {
    const change = { type: 'ChangePerson' as const, changedOn: day, reason: '更名' };
    const renamed: InsuredEvent = {
      type: 'PersonChanged',
      data: { personId, name: '张五', changedOn: day, reason: '更名' },
    };
    given(insured, person)
      .when({ ...change, name: '张五' })
      .then(renamed);
    given(insured, person, renamed)
      .when({ ...change, name: '张五' })
      .thenNothing();
    given(insured, person, renamed)
      .when({ type: 'RegisterPerson', personId, citizenNumber, name: '张五' })
      .thenNothing();
    given(insured, person, renamed)
      .when({ type: 'RegisterPerson', personId, citizenNumber, name: '张三' })
      .thenRefused('person-already-registered');
  });
});

describe('a second identity', () => {
  const merge = { type: 'MergeIdentity' as const, mergeId, survivor, mergedOn: day, reason: '重复' };
  const undone: InsuredEvent = { type: 'IdentityMergeUndone', data: { mergeId, personId, survivor, undoneOn: day } };

  it('is merged once, into another one', () => {
    given(insured).when(merge).thenRefused('person-unknown');
    given(insured, person)
      .when({ ...merge, survivor: personId })
      .thenRefused('identity-same');
    given(insured, person).when(merge).then(merged);
    given(insured, person, merged).when(merge).thenNothing();
    given(insured, person, merged)
      .when({ ...merge, mergeId: deterministicId('other merge') })
      .thenRefused('identity-merged');
  });

  it('takes no command after that, and names the survivor', () => {
    const commands = [
      { type: 'RegisterPerson' as const, personId, citizenNumber, name: '张三' },
      { type: 'Enrol' as const, employer: CODE, schemes, from: month('2025-07') },
      { type: 'EnrolDeclared' as const, employer: CODE, schemes, from: month('2025-07') },
      { type: 'EndEnrolment' as const, employer: CODE, lastMonth: month('2025-07') },
      { type: 'EndDeclared' as const, employer: CODE, lastMonth: month('2025-07') },
      { type: 'ChangePerson' as const, name: '李', changedOn: day, reason: '更名' },
    ];
    for (const command of commands) {
      const outcome = given(insured, person, enrolled, merged).when(command);
      outcome.thenRefused('identity-merged');
      expect(outcome.refusal?.details).toEqual({ survivor });
      given(insured, person, enrolled, merged, undone).when({ type: 'UndoMerge', mergeId, on: day }).thenNothing();
    }
  });

  it('stands again when the merge is undone', () => {
    given(insured, person, merged).when({ type: 'UndoMerge', mergeId, on: day }).then(undone);
    given(insured, person, merged, undone)
      .when({ type: 'Enrol', employer: CODE, schemes, from: month('2025-07') })
      .thenTypes('PersonEnrolled');
  });

  it('gives its participations to the survivor, unless both take part in a scheme at present', () => {
    const absorb = {
      type: 'AbsorbIdentity' as const,
      mergeId,
      merged: survivor,
      enrolments: [{ employer: OTHER, schemes, from: month('2024-01'), lastMonth: month('2025-02') }],
      conflicts: [],
      mergedOn: day,
    };
    const outcome = given(insured, person, enrolled).when(absorb);
    outcome.thenTypes('IdentityAbsorbed');
    given(insured, person, enrolled, ...outcome.events)
      .when(absorb)
      .thenNothing();
    given(insured, person, ...outcome.events)
      .when({ type: 'Enrol', employer: CODE, schemes, from: month('2025-02') })
      .thenRefused('already-enrolled');
    const open = {
      ...absorb,
      enrolments: [{ employer: OTHER, schemes, from: month('2024-01'), lastMonth: undefined }],
    };
    given(insured, person, enrolled).when(open).thenRefused('merge-overlaps');
    given(insured, person, merged).when(absorb).thenRefused('identity-merged');
  });
});

describe('a declared enrolment that another one stands in the way of', () => {
  const declared = { employer: OTHER, schemes: ['pension'] as Scheme[], from: month('2025-06') };
  const found: InsuredEvent = {
    type: 'EnrolmentConflictFound',
    data: { personId, ...declared, reason: 'enrolled elsewhere' },
  };
  const settle = (outcome: 'kept' | 'enrolled') => ({
    type: 'SettleEnrolment' as const,
    ...{ employer: OTHER, from: declared.from, outcome, settledOn: day },
  });

  it('waits until a case says which stands, and is settled once', () => {
    given(insured, person, enrolled)
      .when({ type: 'EnrolDeclared', ...declared })
      .thenTypes('EnrolmentConflictFound');
    const settled = given(insured, person, enrolled, found).when(settle('kept'));
    settled.thenTypes('EnrolmentConflictSettled');
    given(insured, person, enrolled, found, ...settled.events)
      .when(settle('enrolled'))
      .thenRefused('enrolment-conflict-not-open');
    given(insured, person, enrolled).when(settle('kept')).thenRefused('enrolment-conflict-not-open');
    // Declared once more, it waits once more.
    given(insured, person, enrolled, found, ...settled.events, found)
      .when(settle('kept'))
      .thenTypes('EnrolmentConflictSettled');
  });

  it('is made where it is the right one: the earlier ends in its schemes the month before', () => {
    const outcome = given(insured, person, enrolled, found).when(settle('enrolled'));
    outcome.thenTypes('EnrolmentEnded', 'PersonEnrolled', 'PersonEnrolled', 'EnrolmentConflictSettled');
    expect(outcome.events.slice(0, 3).map(({ data }) => data)).toMatchObject([
      { employer: CODE, lastMonth: '2025-05' },
      { employer: CODE, schemes: ['medical'], from: '2025-06' },
      { employer: OTHER, schemes: ['pension'], from: '2025-06' },
    ]);
    const late: InsuredEvent = { ...enrolled, data: { ...enrolled.data, from: month('2025-07') } };
    given(insured, person, late, found).when(settle('enrolled')).thenRefused('not-enrolled');
    const ended: InsuredEvent = {
      type: 'EnrolmentEnded',
      data: { personId, employer: CODE, lastMonth: month('2025-05') },
    };
    given(insured, person, enrolled, found, ended)
      .when(settle('enrolled'))
      .thenTypes('PersonEnrolled', 'EnrolmentConflictSettled');
  });

  it('of an erased person can only be left', () => {
    const erased: InsuredEvent = {
      type: 'PersonErased',
      data: { personId, merged: [], ground: 'consent-withdrawn', erasedOn: day },
    };
    given(insured, person, found, erased).when(settle('enrolled')).thenRefused('person-erased');
    given(insured, person, found, erased).when(settle('kept')).thenTypes('EnrolmentConflictSettled');
  });

  it('goes over to the identity that goes on', () => {
    const absorb = { type: 'AbsorbIdentity' as const, mergeId, merged: survivor, enrolments: [], mergedOn: day };
    const outcome = given(insured, person, enrolled).when({ ...absorb, conflicts: [declared] });
    given(insured, person, enrolled, ...outcome.events)
      .when(settle('enrolled'))
      .thenTypes('EnrolmentEnded', 'PersonEnrolled', 'PersonEnrolled', 'EnrolmentConflictSettled');
  });
});

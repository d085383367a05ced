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

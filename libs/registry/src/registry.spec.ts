import { businessDate, deterministicId, month, type Scheme } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { employer } from './employer.js';
import type { EmployerEvent, InsuredEvent } from './events.js';
import { insured } from './insured.js';

const CODE = '91350100M000100Y43';
const registration = {
  type: 'RegisterEmployer' as const,
  creditCode: CODE,
  name: '示例厂',
  registeredOn: businessDate('2025-01-02'),
  riskClass: 3,
};
const registered: EmployerEvent = {
  type: 'EmployerRegistered',
  data: { creditCode: CODE, name: '示例厂', registeredOn: businessDate('2025-01-02'), riskClass: 3 },
};

describe('an employer', () => {
  it('is registered once', () => {
    given(employer).when(registration).then(registered);
    given(employer, registered).when(registration).thenNothing();
    given(employer, registered)
      .when({ ...registration, name: '别的厂' })
      .thenRefused('employer-already-registered');
  });

  it('needs a right credit code and a risk class that exists', () => {
    given(employer)
      .when({ ...registration, creditCode: '91350100M000100Y44' })
      .thenRefused('credit-code-invalid');
    given(employer)
      .when({ ...registration, riskClass: 9 })
      .thenRefused('risk-class-invalid');
  });

  it('changes its risk class forward in time only', () => {
    const change = { type: 'ChangeRiskClass' as const, riskClass: 5, from: month('2025-07') };
    given(employer).when(change).thenRefused('employer-unknown');
    given(employer, registered)
      .when({ ...change, riskClass: 3 })
      .thenNothing();
    const changed: EmployerEvent = {
      type: 'EmployerRiskClassChanged',
      data: { creditCode: CODE, riskClass: 5, from: month('2025-07') },
    };
    given(employer, registered).when(change).then(changed);
    given(employer, registered, changed)
      .when({ ...change, riskClass: 6, from: month('2025-06') })
      .thenRefused('risk-class-out-of-order');
  });
});

describe('an insured person', () => {
  const citizenNumber = '11010519491231002X';
  const personId = deterministicId('person', citizenNumber);
  const person: InsuredEvent = { type: 'PersonRegistered', data: { personId, citizenNumber, name: '张三' } };
  const schemes: Scheme[] = ['pension', 'medical'];
  const enrol = { type: 'Enrol' as const, employer: CODE, schemes, from: month('2025-01') };
  const enrolled: InsuredEvent = {
    type: 'PersonEnrolled',
    data: { personId, employer: CODE, schemes, from: month('2025-01') },
  };
  const ended: InsuredEvent = {
    type: 'EnrolmentEnded',
    data: { personId, employer: CODE, lastMonth: month('2025-03') },
  };
  const OTHER = '91310000MA1FL0000X';

  it('is registered and enrolled in one go, and again without effect', () => {
    const entry = { ...enrol, type: 'RegisterAndEnrol' as const, personId, citizenNumber, name: '张三' };
    given(insured).when(entry).then(person, enrolled);
    given(insured, person, enrolled).when(entry).thenNothing();
  });

  it('must be known, with a right number and one name', () => {
    given(insured).when(enrol).thenRefused('person-unknown');
    given(insured)
      .when({ type: 'RegisterPerson', personId, citizenNumber: '110105194912310021', name: '张三' })
      .thenRefused('citizen-number-invalid');
    given(insured, person)
      .when({ type: 'RegisterPerson', personId, citizenNumber, name: '李四' })
      .thenRefused('person-already-registered');
  });

  it('takes part in a scheme through one employer at a time', () => {
    given(insured, person, enrolled)
      .when({ ...enrol, employer: OTHER })
      .thenRefused('already-enrolled');
    given(insured, person, enrolled)
      .when({ ...enrol, employer: OTHER, schemes: ['work-injury'] })
      .thenTypes('PersonEnrolled');
    given(insured, person, enrolled, ended)
      .when({ ...enrol, employer: OTHER, from: month('2025-04') })
      .thenTypes('PersonEnrolled');
    given(insured, person, enrolled, ended)
      .when({ ...enrol, employer: OTHER, from: month('2025-03') })
      .thenRefused('already-enrolled');
  });

  it('leaves with a last month that the enrolment covers', () => {
    const end = { type: 'EndEnrolment' as const, employer: CODE, lastMonth: month('2025-03') };
    given(insured, person, enrolled).when(end).then(ended);
    given(insured, person, enrolled, ended).when(end).thenNothing();
    given(insured, person).when(end).thenRefused('not-enrolled');
    given(insured, person, enrolled)
      .when({ ...end, lastMonth: month('2024-12') })
      .thenRefused('not-enrolled');
  });

  it('has a conflict recorded, not lost, when an accepted declaration cannot be followed', () => {
    given(insured, person, enrolled)
      .when({ ...enrol, type: 'EnrolDeclared', employer: OTHER })
      .thenTypes('EnrolmentConflictFound');
    given(insured, person)
      .when({ type: 'EndDeclared', employer: CODE, lastMonth: month('2025-03') })
      .thenNothing();
  });
});

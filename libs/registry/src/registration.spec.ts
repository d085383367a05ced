import { businessDate, deterministicId, month } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { employer } from './employer.js';
import type { EmployerEvent, Owed } from './events.js';

const CODE = '91350100M000100Y43';
const day = businessDate('2025-06-10');
const requestId = deterministicId('first request');
const registered: EmployerEvent = {
  type: 'EmployerRegistered',
  data: { creditCode: CODE, name: '示例厂', registeredOn: businessDate('2025-01-02'), riskClass: 3 },
};
const requested: EmployerEvent = {
  type: 'CancellationRequested',
  data: { creditCode: CODE, requestId, requestedOn: day, reason: '解散' },
};
const cancelled: EmployerEvent = {
  type: 'RegistrationCancelled',
  data: { creditCode: CODE, requestId, cancelledOn: day },
};
const request = { type: 'RequestCancellation' as const, requestId, requestedOn: day, reason: '解散' };
const owed: Owed[] = [{ kind: 'contribution', fund: 'unemployment', month: month('2025-05'), amount: '0.01' }];

describe('changed particulars', () => {
  const contactsId = deterministicId('contacts');
  const change = { type: 'ChangeParticulars' as const, contactsId, changedOn: day, reason: '搬迁' };

  it('are filed as far as they differ', () => {
    const moved: EmployerEvent = {
      type: 'EmployerParticularsChanged',
      data: { creditCode: CODE, address: '新址', changedOn: day, reason: '搬迁' },
    };
    given(employer, registered)
      .when({ ...change, name: '示例厂', address: '新址' })
      .then(moved);
    given(employer, registered, moved)
      .when({ ...change, address: '新址' })
      .thenNothing();
    given(employer, registered, moved)
      .when({ ...change, name: '新厂', address: '新址' })
      .then({
        type: 'EmployerParticularsChanged',
        data: { creditCode: CODE, name: '新厂', changedOn: day, reason: '搬迁' },
      });
  });

  it('name the key of what they tell of people, and none where they tell of nobody', () => {
    given(employer, registered)
      .when({ ...change, contactName: '李四', address: '新址' })
      .then({
        type: 'EmployerParticularsChanged',
        data: { creditCode: CODE, contactsId, contactName: '李四', address: '新址', changedOn: day, reason: '搬迁' },
      });
  });

  it('need a registration in good standing', () => {
    given(employer)
      .when({ ...change, address: '新址' })
      .thenRefused('employer-unknown');
    given(employer, registered, requested)
      .when({ ...change, address: '新址' })
      .thenRefused('employer-cancelling');
    given(employer, registered, requested, cancelled)
      .when({ ...change, address: '新址' })
      .thenRefused('employer-cancelled');
  });
});

describe('a suspension', () => {
  const suspended: EmployerEvent = {
    type: 'RegistrationSuspended',
    data: { creditCode: CODE, from: month('2025-03'), reason: '停业' },
  };
  const resumed: EmployerEvent = { type: 'RegistrationResumed', data: { creditCode: CODE, from: month('2025-06') } };
  const suspend = (from: string) => ({ type: 'SuspendRegistration' as const, from: month(from), reason: '停业' });
  const resume = (from: string) => ({ type: 'ResumeRegistration' as const, from: month(from) });

  it('and its end follow one another in time', () => {
    given(employer, registered).when(suspend('2025-03')).then(suspended);
    given(employer, registered, suspended).when(suspend('2025-03')).thenNothing();
    given(employer, registered, suspended).when(suspend('2025-04')).thenRefused('suspension-out-of-order');
    given(employer, registered, suspended).when(resume('2025-06')).then(resumed);
    given(employer, registered, suspended).when(resume('2025-03')).thenRefused('suspension-out-of-order');
    given(employer, registered).when(resume('2025-06')).thenRefused('suspension-out-of-order');
    given(employer, registered, suspended, resumed).when(resume('2025-06')).thenNothing();
    given(employer, registered, suspended, resumed).when(suspend('2025-05')).thenRefused('suspension-out-of-order');
    given(employer, registered, suspended, resumed).when(suspend('2025-06')).thenTypes('RegistrationSuspended');
  });
});

describe('a cancellation', () => {
  const conclude = (...due: Owed[]) => ({ type: 'ConcludeCancellation' as const, requestId, owed: due, on: day });
  const reopen = { type: 'ReopenAfterDues' as const, requestId, owed, on: day };
  const refused: EmployerEvent = {
    type: 'CancellationRefused',
    data: { creditCode: CODE, requestId, owed, refusedOn: day },
  };

  it('is asked for once, after the registration', () => {
    given(employer).when(request).thenRefused('employer-unknown');
    given(employer, registered).when(request).then(requested);
    given(employer, registered, requested).when(request).thenNothing();
    given(employer, registered, requested)
      .when({ ...request, requestId: deterministicId('another') })
      .thenRefused('employer-cancelling');
    given(employer, registered)
      .when({ ...request, requestedOn: businessDate('2025-01-01') })
      .thenRefused('cancellation-too-early');
  });

  it('is refused while a fen is owed, and carried out when nothing is', () => {
    given(employer, registered, requested)
      .when(conclude(...owed))
      .then(refused);
    given(employer, registered, requested).when(conclude()).then(cancelled);
    given(employer, registered, requested, cancelled).when(conclude()).thenNothing();
    given(employer, registered, requested, refused).when(conclude()).thenNothing();
  });

  it('does not stand once dues arise, whichever is heard of first', () => {
    given(employer, registered, requested, cancelled)
      .when(reopen)
      .then({ type: 'CancellationUndone', data: { creditCode: CODE, requestId, owed, undoneOn: day } });
    given(employer, registered, requested).when(reopen).then(refused);
    given(employer, registered, requested, refused).when(reopen).thenNothing();
  });

  it('may be asked for again after a refusal, and be followed by a new registration', () => {
    given(employer, registered, requested, refused)
      .when({ ...request, requestId: deterministicId('again') })
      .thenTypes('CancellationRequested');
    const anew = { type: 'RegisterEmployer' as const, creditCode: CODE, name: '示例厂', riskClass: 4 };
    given(employer, registered, requested, cancelled)
      .when({ ...anew, registeredOn: businessDate('2025-06-11') })
      .thenTypes('EmployerRegistered');
    given(employer, registered, requested, cancelled)
      .when({ ...anew, registeredOn: businessDate('2025-06-10') })
      .thenRefused('employer-already-registered');
  });
});

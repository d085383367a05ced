import { given } from '@provident/kernel/testing/given';
import { businessDate, ERASED_TEXT } from '@provident/kernel';
import type { Actor } from './separation.js';
import { notice, type NoticeCommand } from './notice.js';
import { task, type TaskCommand } from './task.js';
import { CALENDAR, eventsOf, fileOf, FORM, refundMadeBy } from './testing/cases.js';
import { acting, by, lent } from './testing/people.js';
import { thread, type ThreadCommand } from './thread.js';
import type { NoticeEvent, TaskEvent, ThreadEvent } from './events.js';

const on = businessDate('2026-01-05');
const EMPLOYER = '91350100M000100Y43';
/** A well-formed citizen number of nobody. */
const NUMBER = '11010519491231002X';
const id = (place: number): string => `00000000-0000-4000-8000-00000000000${place}`;
const CHEN = acting('chen', 'employer-administrator');
const LI = acting('li', 'clerk');
const READER: Actor = {
  account: 'person:7',
  authorities: [
    {
      account: 'person:7',
      person: '7',
      role: 'insured-person',
      through: [],
      scope: { kind: 'own-person', personId: id(7) },
    },
  ],
};
const ZHAO = acting('zhao', 'approver');

describe('a conversation', () => {
  const written = { text: 'when?', documents: [] };
  const opened: ThreadEvent = {
    type: 'ThreadOpened',
    data: { threadId: id(1), employer: EMPLOYER, title: 'July', by: by('chen', 'employer-administrator'), on },
  };
  const sent: ThreadEvent = {
    type: 'MessageSent',
    data: {
      ...{ threadId: id(1), messageId: id(2), side: 'employer', ...written },
      ...{ by: by('chen', 'employer-administrator'), on, answerDueOn: businessDate('2026-01-12') },
    },
  };
  const proposed: ThreadEvent = {
    type: 'AppointmentProposed',
    data: {
      ...{ threadId: id(1), appointmentId: id(4), side: 'agency', purpose: 'training', time: '09:30', place: '三楼' },
      ...{ heldOn: businessDate('2026-01-09'), by: by('li', 'clerk'), on },
    },
  };
  const confirmed: ThreadEvent = {
    type: 'AppointmentConfirmed',
    data: { threadId: id(1), appointmentId: id(4), by: by('chen', 'employer-administrator'), on },
  };
  const send: ThreadCommand = {
    ...{ type: 'SendMessage', messageId: id(2), side: 'employer', ...written, actor: CHEN, on, calendar: CALENDAR },
  };

  it('takes messages of both sides, each by its own people', () => {
    given(thread, opened).when(send).then(sent);
    given(thread, opened)
      .when({ ...send, actor: LI })
      .thenRefused('role-missing');
    given(thread, opened, sent).when(send).thenNothing();
    given(thread).when(send).thenRefused('thread-unknown');
  });

  it('says whom a message concerns, each once and not too many', () => {
    const concerns = [id(7), id(8), id(7)];
    const about: ThreadEvent = { ...sent, data: { ...sent.data, concerns: [id(7), id(8)] } };
    given(thread, opened)
      .when({ ...send, concerns })
      .then(about);
    given(thread, opened)
      .when({ ...send, concerns: [] })
      .then(sent);
    const many = Array.from({ length: 51 }, (_, at) => `00000000-0000-4000-8000-0000000001${10 + at}`);
    given(thread, opened)
      .when({ ...send, concerns: many })
      .thenRefused('concerns-out-of-limits');
  });

  it('takes nothing more once it is erased with somebody', () => {
    const erased = { ...opened, data: { ...opened.data, title: ERASED_TEXT } } as ThreadEvent;
    given(thread, erased).when(send).thenRefused('thread-erased');
    given(thread, erased, sent)
      .when({ ...send, type: 'AnswerMessage', messageId: id(3), answers: id(2), side: 'agency', actor: LI })
      .thenRefused('thread-erased');
  });

  it('about a case is led with the employer of that case', () => {
    const about = fileOf(eventsOf(...refundMadeBy(LI)));
    const open: ThreadCommand = {
      ...{ type: 'OpenThread', threadId: id(1), employer: EMPLOYER, caseId: about.caseId, about, title: 'July' },
      ...{ side: 'agency', actor: LI, on },
    };
    given(thread).when(open).thenTypes('ThreadOpened');
    given(thread)
      .when({ ...open, employer: '91310199MAX9000010' })
      .thenRefused('case-of-another-employer');
    given(thread)
      .when({ ...open, about: { status: 'none' } })
      .thenRefused('case-unknown');
  });

  it('is answered by the other side', () => {
    const answer: ThreadCommand = {
      ...{ type: 'AnswerMessage', messageId: id(3), answers: id(2), side: 'agency', ...written, actor: LI, on },
    };
    given(thread, opened, sent).when(answer).thenTypes('MessageAnswered');
    given(thread, opened, sent)
      .when({ ...answer, side: 'employer', actor: CHEN })
      .thenRefused('answer-to-own-message');
    given(thread, opened).when(answer).thenRefused('message-unknown');
  });

  it('makes appointments that the other side confirms, and records who came', () => {
    const confirm: ThreadCommand = {
      ...{ type: 'ConfirmAppointment', appointmentId: id(4), side: 'employer', actor: CHEN, on },
    };
    given(thread, opened, proposed).when(confirm).then(confirmed);
    given(thread, opened, proposed)
      .when({ ...confirm, side: 'agency', actor: LI })
      .thenRefused('confirmation-of-own-appointment');
    const attended: ThreadCommand = { type: 'RecordAttendance', appointmentId: id(4), attended: true, actor: LI, on };
    given(thread, opened, proposed, confirmed).when(attended).thenRefused('appointment-not-held');
    const later = businessDate('2026-01-09');
    given(thread, opened, proposed, confirmed)
      .when({ ...attended, on: later })
      .thenTypes('AttendanceRecorded');
    given(thread, opened, proposed)
      .when({ ...attended, on: later })
      .thenRefused('appointment-status-wrong');
    given(thread, opened, proposed)
      .when({ type: 'CancelAppointment', appointmentId: id(4), side: 'employer', reason: 'ill', actor: CHEN, on })
      .thenTypes('AppointmentCancelled');
  });
});

describe('a notice', () => {
  const publish: NoticeCommand = {
    ...{ type: 'PublishNotice', noticeId: id(1), employer: EMPLOYER, title: 't', text: 'x', actor: CHEN, on },
    recipients: [id(7), id(8), id(7)],
  };
  const published: NoticeEvent = {
    type: 'NoticePublished',
    data: {
      ...{ noticeId: id(1), employer: EMPLOYER, title: 't', text: 'x', recipients: [id(7), id(8)] },
      ...{ by: by('chen', 'employer-administrator'), on },
    },
  };
  const read: NoticeCommand = { type: 'ReadNotice', personId: id(7), actor: READER, on };

  it('names its recipients, each once, and is published by the employer or the agency', () => {
    given(notice).when(publish).then(published);
    given(notice)
      .when({ ...publish, actor: LI })
      .thenRefused('role-missing');
    given(notice)
      .when({ ...publish, recipients: [] })
      .thenRefused('recipients-out-of-limits');
  });

  it('names nobody when it is for several', () => {
    const text = `${NUMBER.toLowerCase()}，请到窗口`;
    given(notice)
      .when({ ...publish, text })
      .thenRefused('notice-names-person');
    given(notice)
      .when({ ...publish, title: text })
      .thenRefused('notice-names-person');
    // It would be made out of the number of a contract just as well.
    given(notice)
      .when({ ...publish, text: `第${NUMBER}1号` })
      .thenTypes('NoticePublished');
    given(notice)
      .when({ ...publish, text, recipients: [id(7)] })
      .thenTypes('NoticePublished');
    given(notice, published)
      .when({ type: 'WithdrawNotice', reason: text, actor: CHEN, on })
      .thenRefused('notice-names-person');
  });

  it('takes one receipt from each of them, and none from others', () => {
    given(notice, published).when(read).thenTypes('NoticeRead');
    const receipt: NoticeEvent = {
      type: 'NoticeRead',
      data: { noticeId: id(1), personId: id(7), account: 'person:7', on },
    };
    given(notice, published, receipt).when(read).thenNothing();
    given(notice, published)
      .when({ ...read, personId: id(9) })
      .thenRefused('reader-not-recipient');
    given(notice, published)
      .when({ ...read, personId: id(8) })
      .thenRefused('role-out-of-reach');
    const withdrawn: NoticeEvent = {
      type: 'NoticeWithdrawn',
      data: { noticeId: id(1), reason: 'wrong', by: by('chen', 'employer-administrator'), on },
    };
    given(notice, published, withdrawn).when(read).thenRefused('notice-withdrawn');
  });
});

describe('a task', () => {
  const source = { authority: '市局', document: '通知', sha256: FORM };
  const assign: TaskCommand = {
    ...{ type: 'AssignTask', taskId: id(1), title: 'audit', source, owner: 'staff:li', actor: ZHAO, on },
    dueOn: businessDate('2026-02-27'),
  };
  const assigned: TaskEvent = {
    type: 'TaskAssigned',
    data: {
      ...{ taskId: id(1), title: 'audit', source, owner: 'staff:li', dueOn: businessDate('2026-02-27') },
      ...{ by: by('zhao', 'approver'), on },
    },
  };
  const complete: TaskCommand = { type: 'CompleteTask', result: 'done', evidence: [FORM], actor: LI, on };

  it('has a source, an owner and a day to come', () => {
    given(task).when(assign).then(assigned);
    given(task)
      .when({ ...assign, actor: LI })
      .thenRefused('role-missing');
    given(task)
      .when({ ...assign, dueOn: businessDate('2026-01-04') })
      .thenRefused('task-due-in-the-past');
  });

  it('is done by its owner, with evidence, once', () => {
    const progress: TaskCommand = { type: 'RecordProgress', percent: 40, note: 'half', evidence: [], actor: LI, on };
    given(task, assigned).when(progress).thenTypes('TaskProgressRecorded');
    given(task, assigned).when(complete).thenTypes('TaskCompleted');
    given(task, assigned)
      .when({ ...complete, evidence: [] })
      .thenRefused('task-evidence-missing');
    given(task, assigned)
      .when({ ...complete, actor: lent('sun', 'clerk', 'li') })
      .thenRefused('task-not-own');
    const completed: TaskEvent = {
      type: 'TaskCompleted',
      data: { taskId: id(1), result: 'done', evidence: [FORM], by: by('li', 'clerk'), on },
    };
    given(task, assigned, completed).when(complete).thenRefused('task-completed-already');
    given(task).when(complete).thenRefused('task-unknown');
  });
});

import { type BusinessDate, type Decider, DomainError, ERASED_TEXT, type WorkingCalendar } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type CaseState, targetOf } from './case-state.js';
import { type ThreadEvent, threadEventSchemas } from './events.js';
import { LIMITS } from './limits.js';
import type { Actor } from './separation.js';
import { type Side, speakFor, written } from './sides.js';
import { type About, concerned, notErased } from './whom-it-concerns.js';

/** Working days within which a message is answered: a promise of the house. */
const ANSWER_WITHIN_DAYS = 5;

interface Appointment {
  readonly side: Side;
  readonly heldOn: BusinessDate;
  readonly status: 'proposed' | 'confirmed' | 'cancelled' | 'attended' | 'missed';
}

/** A conversation between an employer and the agency, with its meetings. Stream `thread-<thread id>`. */
export type ThreadState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open';
      readonly threadId: string;
      readonly employer: string;
      /** Its texts were erased with somebody whom it was about. */
      readonly isErased: boolean;
      /** The side that wrote each message. */
      readonly messages: ReadonlyMap<string, Side>;
      readonly appointments: ReadonlyMap<string, Appointment>;
    };
type OpenThread = Extract<ThreadState, { status: 'open' }>;

interface Given {
  readonly actor: Actor;
  readonly on: BusinessDate;
}
interface Written extends About {
  readonly messageId: string;
  readonly side: Side;
  readonly text: string;
  readonly documents: readonly string[];
}

export type ThreadCommand =
  | ({
      type: 'OpenThread';
      threadId: string;
      employer: string;
      caseId?: string;
      /** The case that it is about, as it stands now. */
      about?: CaseState;
      title: string;
      side: Side;
    } & About &
      Given)
  | ({ type: 'SendMessage'; calendar: WorkingCalendar } & Written & Given)
  | ({ type: 'AnswerMessage'; answers: string } & Written & Given)
  | ({
      type: 'ProposeAppointment';
      appointmentId: string;
      side: Side;
      purpose: 'counter' | 'on-site' | 'training';
      heldOn: BusinessDate;
      time: string;
      place: string;
    } & Given)
  | ({ type: 'ConfirmAppointment'; appointmentId: string; side: Side } & Given)
  | ({ type: 'CancelAppointment'; appointmentId: string; side: Side; reason: string } & Given)
  | ({ type: 'RecordAttendance'; appointmentId: string; attended: boolean } & Given);
type CommandOf<Type extends ThreadCommand['type']> = Extract<ThreadCommand, { type: Type }>;

const decider: Decider<ThreadState, ThreadCommand, ThreadEvent> = {
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'OpenThread':
        return open(command, state);
      case 'SendMessage':
        return send(command, opened(state));
      case 'AnswerMessage':
        return answer(command, opened(state));
      case 'ProposeAppointment':
        return propose(command, opened(state));
      case 'ConfirmAppointment':
        return confirm(command, opened(state));
      case 'CancelAppointment':
        return cancel(command, opened(state));
      case 'RecordAttendance':
        return recordAttendance(command, opened(state));
    }
  },
};

export const thread: Aggregate<ThreadState, ThreadCommand, ThreadEvent> = {
  ...decider,
  category: 'thread',
  schemas: threadEventSchemas,
};

function evolve(state: ThreadState, { type, data }: ThreadEvent): ThreadState {
  if (type === 'ThreadOpened') {
    return {
      status: 'open',
      threadId: data.threadId,
      employer: data.employer,
      isErased: data.title === ERASED_TEXT,
      messages: new Map(),
      appointments: new Map(),
    };
  }
  if (state.status === 'none') return state;
  switch (type) {
    case 'MessageSent':
    case 'MessageAnswered':
      return { ...state, messages: new Map(state.messages).set(data.messageId, data.side) };
    case 'AppointmentProposed': {
      const { appointmentId, side, heldOn } = data;
      const appointment: Appointment = { side, heldOn, status: 'proposed' };
      return { ...state, appointments: new Map(state.appointments).set(appointmentId, appointment) };
    }
    case 'AppointmentConfirmed':
      return withStatus(state, data.appointmentId, 'confirmed');
    case 'AppointmentCancelled':
      return withStatus(state, data.appointmentId, 'cancelled');
    case 'AttendanceRecorded':
      return withStatus(state, data.appointmentId, data.attended ? 'attended' : 'missed');
  }
}

function withStatus(state: OpenThread, appointmentId: string, status: Appointment['status']): ThreadState {
  const before = state.appointments.get(appointmentId);
  if (before === undefined) return state;
  return { ...state, appointments: new Map(state.appointments).set(appointmentId, { ...before, status }) };
}

function open(command: CommandOf<'OpenThread'>, state: ThreadState): readonly ThreadEvent[] {
  if (state.status === 'open') return [];
  const { threadId, employer, caseId, title, side, actor, on } = command;
  const of = concerned(command);
  if (caseId !== undefined) concerns(command.about, employer);
  const by = written(speakFor(side, actor, employer));
  const about = caseId === undefined ? {} : { caseId };
  return [{ type: 'ThreadOpened', data: { threadId, employer, ...about, ...of, title, by, on } }];
}

/** A conversation about a case is led with the employer of that case, if it has one. */
function concerns(about: CaseState | undefined, employer: string): void {
  if (about === undefined || about.status === 'none') throw unknown('case', '');
  const { employer: whose } = targetOf(about);
  if (whose === undefined || whose === employer) return;
  throw new DomainError(
    'case-of-another-employer',
    'The case is about another employer.',
    "An employer's business is spoken of with that employer alone.",
    'Check the case and the employer.',
  );
}

function send(command: CommandOf<'SendMessage'>, { threadId, employer, ...state }: OpenThread): readonly ThreadEvent[] {
  const { messageId, side, text, documents, actor, on, calendar } = command;
  if (state.messages.has(messageId)) return [];
  withinLimit(state);
  notErased(state);
  const of = concerned(command);
  const by = written(speakFor(side, actor, employer));
  const answerDueOn = calendar.addWorkingDays(on, ANSWER_WITHIN_DAYS);
  return [
    {
      type: 'MessageSent',
      data: { threadId, messageId, side, text, ...of, documents: [...documents], by, on, answerDueOn },
    },
  ];
}

function answer(
  command: CommandOf<'AnswerMessage'>,
  { threadId, employer, ...state }: OpenThread,
): readonly ThreadEvent[] {
  const { messageId, answers, side, text, documents, actor, on } = command;
  if (state.messages.has(messageId)) return [];
  withinLimit(state);
  notErased(state);
  const writer = state.messages.get(answers);
  if (writer === undefined) throw unknown('message', answers);
  if (writer === side) {
    throw new DomainError(
      'answer-to-own-message',
      'This message was written by the same side.',
      'An answer comes from the other side of the conversation.',
      'Send a further message instead.',
      { messageId: answers },
    );
  }
  const [of, by] = [concerned(command), written(speakFor(side, actor, employer))];
  const what = { threadId, messageId, answers, side, text, ...of, documents: [...documents] };
  return [{ type: 'MessageAnswered', data: { ...what, by, on } }];
}

function propose(
  command: CommandOf<'ProposeAppointment'>,
  { threadId, employer, ...state }: OpenThread,
): readonly ThreadEvent[] {
  const { appointmentId, side, purpose, heldOn, time, place, actor, on } = command;
  if (state.appointments.has(appointmentId)) return [];
  withinLimit(state);
  if (heldOn < on) throw inThePast(heldOn, on);
  const by = written(speakFor(side, actor, employer));
  const what = { threadId, appointmentId, side, purpose, heldOn, time, place };
  return [{ type: 'AppointmentProposed', data: { ...what, by, on } }];
}

function confirm(
  { appointmentId, side, actor, on }: CommandOf<'ConfirmAppointment'>,
  { threadId, employer, appointments }: OpenThread,
): readonly ThreadEvent[] {
  const appointment = find(appointments, appointmentId);
  if (appointment.status === 'confirmed') return [];
  standsAt(appointment, 'proposed');
  if (appointment.side === side) {
    throw new DomainError(
      'confirmation-of-own-appointment',
      'This meeting was proposed by the same side.',
      'A meeting is agreed when the other side confirms it.',
      'Wait for the other side.',
      { appointmentId },
    );
  }
  if (appointment.heldOn < on) throw inThePast(appointment.heldOn, on);
  return [
    {
      type: 'AppointmentConfirmed',
      data: { threadId, appointmentId, by: written(speakFor(side, actor, employer)), on },
    },
  ];
}

function cancel(
  { appointmentId, side, reason, actor, on }: CommandOf<'CancelAppointment'>,
  { threadId, employer, appointments }: OpenThread,
): readonly ThreadEvent[] {
  const appointment = find(appointments, appointmentId);
  if (appointment.status === 'cancelled') return [];
  standsAt(appointment, 'proposed', 'confirmed');
  if (appointment.heldOn < on) throw inThePast(appointment.heldOn, on);
  const by = written(speakFor(side, actor, employer));
  return [{ type: 'AppointmentCancelled', data: { threadId, appointmentId, reason, by, on } }];
}

function recordAttendance(
  { appointmentId, attended, actor, on }: CommandOf<'RecordAttendance'>,
  { threadId, employer, appointments }: OpenThread,
): readonly ThreadEvent[] {
  const appointment = find(appointments, appointmentId);
  if (appointment.status === (attended ? 'attended' : 'missed')) return [];
  standsAt(appointment, 'confirmed');
  if (on < appointment.heldOn) {
    throw new DomainError(
      'appointment-not-held',
      `The meeting is on ${appointment.heldOn}; ${on} is before it.`,
      'Attendance is recorded when the day has come.',
      'Record it on the day or after it.',
      { heldOn: appointment.heldOn },
    );
  }
  const by = written(speakFor('agency', actor, employer));
  return [{ type: 'AttendanceRecorded', data: { threadId, appointmentId, attended, by, on } }];
}

function opened(state: ThreadState): OpenThread {
  if (state.status === 'open') return state;
  throw unknown('thread', '');
}

function find(appointments: OpenThread['appointments'], appointmentId: string): Appointment {
  const found = appointments.get(appointmentId);
  if (found === undefined) throw unknown('appointment', appointmentId);
  return found;
}

function standsAt({ status }: Appointment, ...statuses: readonly Appointment['status'][]): void {
  if (statuses.includes(status)) return;
  throw new DomainError(
    'appointment-status-wrong',
    `The meeting is ${status}.`,
    'proposed → confirmed → attended or missed; it can be called off before its day.',
    `That is done with a meeting that is ${statuses.join(' or ')}.`,
    { status },
  );
}

function withinLimit({ messages, appointments }: Pick<OpenThread, 'messages' | 'appointments'>): void {
  if (messages.size + appointments.size < LIMITS.messages) return;
  throw new DomainError(
    'thread-full',
    'The conversation is full.',
    `A conversation has at most ${LIMITS.messages} messages and meetings.`,
    'Begin another one.',
    { limit: LIMITS.messages },
  );
}

function inThePast(day: BusinessDate, on: BusinessDate): DomainError {
  return new DomainError(
    'appointment-in-the-past',
    `${day} is before ${on}.`,
    'Meetings are agreed and called off for days to come.',
    'Give a later day, or record whether it was attended.',
    { day, on },
  );
}

function unknown(what: 'case' | 'thread' | 'message' | 'appointment', id: string): DomainError {
  return new DomainError(
    `${what}-unknown`,
    `There is no such ${what} here.`,
    'Messages and meetings belong to a conversation that was opened, and a conversation about a case to that case.',
    'Check the id.',
    { id },
  );
}

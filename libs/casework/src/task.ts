import { type BusinessDate, type Decider, DomainError } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type TaskEvent, taskEventSchemas } from './events.js';
import { LIMITS } from './limits.js';
import type { Role } from './roles.js';
import { type Actor, actAs } from './separation.js';
import { AGENCY_ROLES, written } from './sides.js';

/** Those who hand tasks out. */
const ASSIGNERS: readonly Role[] = ['approver', 'fund-manager'];

/** A task given from above (上级交办事项): its source, whose it is, how far it is. Stream `task-<task id>`. */
export type TaskState =
  | { readonly status: 'none' }
  | {
      readonly status: 'assigned' | 'completed';
      readonly taskId: string;
      readonly owner: string;
      readonly percent: number;
      readonly notes: number;
    };
type KnownTask = Exclude<TaskState, { status: 'none' }>;

interface Given {
  readonly actor: Actor;
  readonly on: BusinessDate;
}

export interface TaskSource {
  readonly authority: string;
  readonly document: string;
  readonly number?: string;
  readonly sha256: string;
}

export type TaskCommand =
  | ({
      type: 'AssignTask';
      taskId: string;
      title: string;
      source: TaskSource;
      owner: string;
      dueOn: BusinessDate;
    } & Given)
  | ({ type: 'ReassignTask'; owner: string; reason: string } & Given)
  | ({ type: 'RecordProgress'; percent: number; note: string; evidence: readonly string[] } & Given)
  | ({ type: 'CompleteTask'; result: string; evidence: readonly string[] } & Given);
type CommandOf<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

const decider: Decider<TaskState, TaskCommand, TaskEvent> = {
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'AssignTask':
        return assign(command, state);
      case 'ReassignTask':
        return reassign(command, underWay(state));
      case 'RecordProgress':
        return recordProgress(command, underWay(state));
      case 'CompleteTask':
        return complete(command, underWay(state));
    }
  },
};

export const task: Aggregate<TaskState, TaskCommand, TaskEvent> = {
  ...decider,
  category: 'task',
  schemas: taskEventSchemas,
};

function evolve(state: TaskState, { type, data }: TaskEvent): TaskState {
  if (type === 'TaskAssigned') {
    return { status: 'assigned', taskId: data.taskId, owner: data.owner, percent: 0, notes: 0 };
  }
  if (state.status === 'none') return state;
  switch (type) {
    case 'TaskReassigned':
      return { ...state, owner: data.owner };
    case 'TaskProgressRecorded':
      return { ...state, percent: data.percent, notes: state.notes + 1 };
    case 'TaskCompleted':
      return { ...state, status: 'completed', percent: 100 };
  }
}

function assign(command: CommandOf<'AssignTask'>, state: TaskState): readonly TaskEvent[] {
  if (state.status !== 'none') return [];
  const { taskId, title, source, owner, dueOn, actor, on } = command;
  if (dueOn < on) {
    throw new DomainError(
      'task-due-in-the-past',
      `The task is due on ${dueOn}, before it is assigned on ${on}.`,
      'A task has a day by which it can be done.',
      'Give a later day.',
      { dueOn },
    );
  }
  const by = written(actAs(actor, ASSIGNERS));
  return [{ type: 'TaskAssigned', data: { taskId, title, source: { ...source }, owner, dueOn, by, on } }];
}

function reassign(command: CommandOf<'ReassignTask'>, state: KnownTask): readonly TaskEvent[] {
  const { owner, reason, actor, on } = command;
  if (state.owner === owner) return [];
  const by = written(actAs(actor, ASSIGNERS));
  return [{ type: 'TaskReassigned', data: { taskId: state.taskId, owner, reason, by, on } }];
}

function recordProgress(command: CommandOf<'RecordProgress'>, state: KnownTask): readonly TaskEvent[] {
  const { percent, note, evidence, actor, on } = command;
  const by = owned(state, actor);
  if (state.notes >= LIMITS.progressNotes) {
    throw new DomainError(
      'task-notes-exhausted',
      `The task has ${state.notes} notes of progress.`,
      `A task has at most ${LIMITS.progressNotes} of them.`,
      'Complete it, or have a further task assigned.',
      { limit: LIMITS.progressNotes },
    );
  }
  return [
    { type: 'TaskProgressRecorded', data: { taskId: state.taskId, percent, note, evidence: [...evidence], by, on } },
  ];
}

function complete(command: CommandOf<'CompleteTask'>, state: KnownTask): readonly TaskEvent[] {
  const { result, evidence, actor, on } = command;
  const by = owned(state, actor);
  if (evidence.length === 0) {
    throw new DomainError(
      'task-evidence-missing',
      'The task is to be completed without any document.',
      'Each assigned task shows who gave it, when it was due, and its evidence.',
      'Name the documents that show the result.',
      { taskId: state.taskId },
    );
  }
  return [{ type: 'TaskCompleted', data: { taskId: state.taskId, result, evidence: [...evidence], by, on } }];
}

/** The task's owner acts, in any role of the agency's. */
function owned(state: KnownTask, actor: Actor) {
  if (actor.account === state.owner) return written(actAs(actor, [...AGENCY_ROLES, 'statistician', 'operator']));
  throw new DomainError(
    'task-not-own',
    `${actor.account} is not the owner of this task.`,
    'Whoever a task is assigned to does it.',
    'Have it assigned to somebody else first.',
    { taskId: state.taskId },
  );
}

function underWay(state: TaskState): KnownTask {
  if (state.status === 'assigned') return state;
  if (state.status === 'completed') {
    throw new DomainError(
      'task-completed-already',
      'The task is completed.',
      'A completed task stays as it is.',
      'Have a further task assigned.',
      { taskId: state.taskId },
    );
  }
  throw new DomainError(
    'task-unknown',
    'There is no such task.',
    'A task is assigned first.',
    'Check the id of the task.',
  );
}

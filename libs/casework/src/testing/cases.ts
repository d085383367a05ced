import { businessDate, type BusinessDate, fold } from '@provident/kernel';
import { loadPolicy, workingCalendar } from '@provident/policy';
import { caseAggregate } from '../case.js';
import type { CaseCommand, PersonCommand } from '../case-commands.js';
import type { CaseFile } from '../case-state.js';
import type { CaseEvent } from '../events.js';
import type { Actor } from '../separation.js';

export const CALENDAR = workingCalendar(loadPolicy());
export const CASE = '00000000-0000-4000-8000-0000000000c1';
export const OTHER_CASE = '00000000-0000-4000-8000-0000000000c2';
export const FORM = 'a'.repeat(64);
export const PROOF = 'b'.repeat(64);

export const REFUND = {
  employer: '91350100M000100Y43',
  fund: 'employee-pension',
  amount: '120.00',
  refundedOn: '2026-01-20',
  reason: 'paid twice',
};

export function on(actor: Actor, day: string): { actor: Actor; on: BusinessDate; calendar: typeof CALENDAR } {
  return { actor, on: businessDate(day), calendar: CALENDAR };
}

/** The events that commands make, one after the other. */
export function eventsOf(...commands: readonly CaseCommand[]): CaseEvent[] {
  const events: CaseEvent[] = [];
  for (const command of commands) events.push(...caseAggregate.decide(command, fold(caseAggregate, events)));
  return events;
}

/** The case that events make. */
export function fileOf(events: readonly CaseEvent[]): CaseFile {
  const state = fold(caseAggregate, events);
  if (state.status === 'none') throw new Error('These events open no case.');
  return state;
}

/** A refund opened by an actor, with both of its documents. */
export function refundMadeBy(actor: Actor, day = '2026-01-05'): PersonCommand[] {
  return [
    { type: 'OpenCase', caseId: CASE, procedure: 'overpayment-refund', request: REFUND, ...on(actor, day) },
    { type: 'EnterDocument', kind: 'refund-application', sha256: FORM, ...on(actor, day) },
    { type: 'EnterDocument', kind: 'payment-proof', sha256: PROOF, ...on(actor, day) },
  ];
}

import type { Aggregate } from '@provident/event-store';
import { type BusinessDate, deterministicId, DomainError } from '@provident/kernel';
import { type AlertEvent, alertEventSchemas } from './events.js';

export type AlertStatus = 'none' | 'raised' | 'acknowledged' | 'resolved';

export interface AlertState {
  readonly status: AlertStatus;
  /** The latest event that the alert has told of; absent where what is amiss is a state and no event. */
  readonly position: bigint | undefined;
}

type RaisedData = Extract<AlertEvent, { type: 'SupervisionAlertRaised' }>['data'];

export type AlertCommand =
  | { readonly type: 'Raise'; readonly finding: RaisedData }
  | {
      readonly type: 'Acknowledge';
      readonly alertId: string;
      readonly owner: string;
      readonly remark: string | undefined;
      readonly on: BusinessDate;
    }
  | { readonly type: 'Resolve'; readonly alertId: string; readonly resolution: string; readonly on: BusinessDate };

/** The same thing found by the same check is the same alert. */
export function alertIdOf(area: string, check: string, subject: string): string {
  return deterministicId('alert', area, check, subject);
}

export const alert: Aggregate<AlertState, AlertCommand, AlertEvent> = {
  category: 'alert',
  schemas: alertEventSchemas,
  initial: { status: 'none', position: undefined },

  evolve(state, { type, data }) {
    switch (type) {
      case 'SupervisionAlertRaised':
      case 'SupervisionAlertReopened':
        return { status: 'raised', position: positionOf(data) };
      case 'SupervisionAlertAcknowledged':
        return { ...state, status: 'acknowledged' };
      case 'SupervisionAlertResolved':
        return { ...state, status: 'resolved' };
    }
  },

  decide(command, state) {
    if (command.type === 'Raise') return raise(command.finding, state);
    const { alertId, on } = command;
    if (state.status === 'none') throw alertUnknown(alertId);
    if (state.status === 'resolved') {
      if (command.type === 'Resolve') return [];
      throw alertResolved(alertId);
    }
    if (command.type === 'Resolve') {
      return [{ type: 'SupervisionAlertResolved', data: { alertId, resolution: command.resolution, resolvedOn: on } }];
    }
    const { owner, remark } = command;
    const data = { alertId, owner, ...(remark === undefined ? {} : { remark }), acknowledgedOn: on };
    return [{ type: 'SupervisionAlertAcknowledged', data }];
  },
};

/**
 * A state that is still amiss after it was resolved opens the alert again. An event stays in the log for ever: only a later
 * one than the alert has told of does.
 */
function raise(finding: RaisedData, state: AlertState): readonly AlertEvent[] {
  if (state.status === 'none') return [{ type: 'SupervisionAlertRaised', data: finding }];
  if (state.status !== 'resolved') return [];
  const position = positionOf(finding);
  if (position !== undefined && state.position !== undefined && position <= state.position) return [];
  const { alertId, message, owner, foundOn } = finding;
  const at = finding.position === undefined ? {} : { position: finding.position };
  return [{ type: 'SupervisionAlertReopened', data: { alertId, message, ...at, owner, foundOn } }];
}

function positionOf({ position }: { readonly position?: string }): bigint | undefined {
  return position === undefined ? undefined : BigInt(position);
}

function alertUnknown(alertId: string): DomainError {
  return new DomainError(
    'alert-unknown',
    `There is no alert ${alertId}.`,
    'An alert is raised by continuous control and by nobody else.',
    'Take the id from the list of alerts.',
    { alertId },
  );
}

function alertResolved(alertId: string): DomainError {
  return new DomainError(
    'alert-resolved',
    `The alert ${alertId} is resolved already.`,
    'A resolved alert is nobody’s; it opens again when what it tells of is found again.',
    'Look for an open alert.',
    { alertId },
  );
}

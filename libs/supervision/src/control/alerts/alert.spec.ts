import { businessDate, deterministicId, fold } from '@provident/kernel';
import { alert, type AlertCommand, alertIdOf } from './alert.js';
import type { AlertEvent } from './events.js';

const DAY = businessDate('2026-01-15');
const ID = alertIdOf('310000', 'voucher-balance', 'voucher:7');

function raise(position?: string): AlertCommand {
  const finding = {
    ...{ alertId: ID, check: 'voucher-balance', severity: 'error' as const, subject: 'voucher:7' },
    ...{ message: 'Debit 1, credit 2.', rule: 'Every voucher balances.', owner: 'fund-manager', foundOn: DAY },
  };
  return { type: 'Raise', finding: position === undefined ? finding : { ...finding, position } };
}
const acknowledge: AlertCommand = { type: 'Acknowledge', alertId: ID, owner: 'clerk:wang', remark: undefined, on: DAY };
const resolve: AlertCommand = { type: 'Resolve', alertId: ID, resolution: '已更正', on: DAY };

/** Types of the events that commands cause, one after the other. */
function told(...commands: readonly AlertCommand[]): string[] {
  const events: AlertEvent[] = [];
  for (const command of commands) events.push(...alert.decide(command, fold(alert, events)));
  return events.map(({ type }) => type.replace('SupervisionAlert', ''));
}

describe('an alert', () => {
  it('is raised once, however often the same is found', () => {
    expect(told(raise(), raise(), acknowledge, raise())).toEqual(['Raised', 'Acknowledged']);
    expect(ID).toBe(deterministicId('alert', '310000', 'voucher-balance', 'voucher:7'));
  });

  it('of a state opens again while the state is still amiss', () => {
    expect(told(raise(), resolve, raise(), resolve)).toEqual(['Raised', 'Resolved', 'Reopened', 'Resolved']);
  });

  it('of an event opens again only for a later event', () => {
    expect(told(raise('7'), resolve, raise('7'))).toEqual(['Raised', 'Resolved']);
    expect(told(raise('7'), resolve, raise('9'), acknowledge)).toEqual([
      ...['Raised', 'Resolved', 'Reopened', 'Acknowledged'],
    ]);
  });

  it('that is resolved, or that there is not, is nobody’s to take over', () => {
    expect(told(raise(), resolve, resolve)).toEqual(['Raised', 'Resolved']);
    expect(() => told(raise(), resolve, acknowledge)).toThrow('resolved already');
    expect(() => told(acknowledge)).toThrow('There is no alert');
  });
});

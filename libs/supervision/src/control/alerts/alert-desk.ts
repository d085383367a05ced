import { Inject, Injectable } from '@nestjs/common';
import { type CommandResult, EventStore } from '@provident/event-store';
import { CLOCK, type Clock, type CommandContext, today } from '@provident/kernel';
import { alert } from './alert.js';

/** What people do with alerts. */
@Injectable()
export class AlertDesk {
  constructor(
    private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever acts takes the alert over. Throws `alert-unknown`, `alert-resolved`. */
  acknowledge(alertId: string, remark: string | undefined, context: CommandContext): Promise<CommandResult> {
    const command = { type: 'Acknowledge' as const, alertId, owner: context.actor, remark, on: today(this.clock) };
    return this.store.execute(alert, alertId, command, context);
  }

  /** Throws `alert-unknown`. */
  resolve(alertId: string, resolution: string, context: CommandContext): Promise<CommandResult> {
    const command = { type: 'Resolve' as const, alertId, resolution, on: today(this.clock) };
    return this.store.execute(alert, alertId, command, context);
  }
}

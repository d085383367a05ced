import { Injectable } from '@nestjs/common';
import type { CommandContext, WorkingCalendar } from '@provident/kernel';
import { type PolicyBook, PolicyInForce, workingCalendar } from '@provident/policy';
import type { Actor } from './separation.js';
import { Staff } from './staff.js';

/** What a step is given besides its own content: who acts by which authorities, and the calendar in force. */
@Injectable()
export class Acting {
  private known: { readonly book: PolicyBook; readonly calendar: WorkingCalendar } | undefined;

  constructor(
    private readonly staff: Staff,
    private readonly policy: PolicyInForce,
  ) {}

  async actor({ actor: account, effectiveDate }: CommandContext): Promise<Actor> {
    return { account, authorities: await this.staff.authoritiesOf(account, effectiveDate) };
  }

  /** The holiday notices change with the policy in force, and seldom. */
  get calendar(): WorkingCalendar {
    const { book } = this.policy;
    if (this.known?.book !== book) this.known = { book, calendar: workingCalendar(book) };
    return this.known.calendar;
  }
}

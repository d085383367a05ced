import { AREA, EventStore } from '@provident/event-store';
import { Inject, Injectable } from '@nestjs/common';
import type { BusinessDate } from '@provident/kernel';
import { PolicyInForce } from '@provident/policy';
import { dues } from './dues.js';
import { type DuesPosition, duesPosition } from './dues-position.js';
import type { DuesState } from './dues-state.js';
import { lateFeeRule } from './late-fees/late-fee-rule.js';

/** All that an employer owes on a day, from its own stream and the law as it stands. */
@Injectable()
export class WhatIsOwed {
  constructor(
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
    @Inject(AREA) private readonly area: string,
  ) {}

  async by(employer: string, on: BusinessDate): Promise<{ state: DuesState; position: DuesPosition }> {
    const { state } = await this.store.load(dues, employer);
    return { state, position: duesPosition(state, on, lateFeeRule(this.policy.book, this.area)) };
  }
}

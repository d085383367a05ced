import type { EventStore } from '@provident/event-store';
import type { BusinessDate } from '@provident/kernel';
import type { Right } from './rights/verdict.js';
import { rightsOf, user, type UserState } from './user.js';

/** Users and their rights as their streams have them at this moment: what was revoked counts no more at the next request. */
export class Users {
  constructor(private readonly store: EventStore) {}

  async state(userId: string): Promise<UserState> {
    return (await this.store.load(user, userId)).state;
  }

  /** The rights in force on a day, lent ones with the lender's own grant as it is now. */
  async rights(userId: string, on: BusinessDate): Promise<{ state: UserState; rights: readonly Right[] }> {
    const state = await this.state(userId);
    const names = [...new Set(state.delegations.map(({ lender }) => lender))];
    const lenders = new Map(await Promise.all(names.map(async (each) => [each, await this.state(each)] as const)));
    return { state, rights: rightsOf(state, lenders, on) };
  }
}

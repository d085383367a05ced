import { Inject, Injectable } from '@nestjs/common';
import { Users } from '@provident/access/users';
import { AREA } from '@provident/event-store';
import type { BusinessDate } from '@provident/kernel';
import type { Authority } from './authority.js';
import { Staff } from './staff.js';

const ACCOUNT = /^user:(.+)$/;

/**
 * Staff as the sign-in has them: the account `user:<user id>` is one person's only one, with the rights in force on the
 * day, own ones and those that were lent. Rights in another area do not count here.
 */
@Injectable()
export class UserStaff extends Staff {
  constructor(
    private readonly users: Users,
    @Inject(AREA) private readonly area: string,
  ) {
    super();
  }

  async authoritiesOf(account: string, on: BusinessDate): Promise<readonly Authority[]> {
    const [, person] = ACCOUNT.exec(account) ?? [];
    if (person === undefined) return [];
    const { rights } = await this.users.rights(person, on);
    return rights
      .filter(({ scope }) => scope.kind !== 'own-area' || scope.area === this.area)
      .map(({ role, scope, lentBy }) => ({
        account,
        person,
        role,
        through: lentBy === undefined ? [] : [lentBy],
        scope,
      }));
  }
}

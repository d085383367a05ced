import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '@provident/kernel';
import type { Authority } from './authority.js';
import { ROLES } from './roles.js';

/** Tells in which ways an account may act. The sign-in knows; casework asks it before every step. */
@Injectable()
export abstract class Staff {
  /** Every way in which the account may act on the day, none for an account that nobody knows. See `authoritiesOf`. */
  abstract authoritiesOf(account: string, on: BusinessDate): Promise<readonly Authority[]>;
}

/**
 * Where no sign-in is set up, everybody who is named holds every role, and only what separates people binds: an account is
 * named `kind:name`, and accounts of one name belong to one person.
 */
@Injectable()
export class NamedStaff extends Staff {
  authoritiesOf(account: string): Promise<readonly Authority[]> {
    const person = account.slice(account.indexOf(':') + 1);
    return Promise.resolve(ROLES.map((role) => ({ account, person, role, through: [] })));
  }
}

import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '@provident/kernel';
import type { Authority } from './authority.js';

/** Tells in which ways an account may act. The sign-in knows; casework asks it before every step. */
@Injectable()
export abstract class Staff {
  /** Every way in which the account may act on the day, none for an account that nobody knows. See `authoritiesOf`. */
  abstract authoritiesOf(account: string, on: BusinessDate): Promise<readonly Authority[]>;
}

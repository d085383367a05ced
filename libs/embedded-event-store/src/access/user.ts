/** Somebody who signed in; undefined stands for nobody. */
export interface User {
  readonly name: string;
  /** Groups, and the name itself. */
  readonly roles: readonly string[];
}

export const ADMINS = '$admins';
export const OPERATORS = '$ops';

/** The roles in which people act in a case; the sign-in grants them. */
export type { Role, Scope } from '@provident/access/rights/roles';

/** The roles in which people act in a case; the sign-in grants them. */
export { type Role, ROLES, type Scope } from '@provident/access/rights/roles';

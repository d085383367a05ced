/** The roles in which people act in a case; the sign-in grants them. */
export const ROLES = [
  'insured-person',
  'employer-administrator',
  'clerk',
  'reviewer',
  'approver',
  'fund-manager',
  'supervisor',
  'committee-member',
  'statistician',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

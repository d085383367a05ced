import { type Static, Type } from '@sinclair/typebox';
import { IdField } from '@provident/kernel';

/** How far a right reaches, from narrow to wide: one person's record, one employer's, one pooling area's, everything. */
export const SCOPE_KINDS = ['own-person', 'own-employer', 'own-area', 'all'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

export const ScopeField = Type.Union([
  Type.Object({ kind: Type.Literal('own-person'), personId: IdField }),
  Type.Object({ kind: Type.Literal('own-employer'), employer: Type.String({ minLength: 18, maxLength: 18 }) }),
  Type.Object({ kind: Type.Literal('own-area'), area: Type.String({ pattern: '^[0-9]{6}$' }) }),
  Type.Object({ kind: Type.Literal('all') }),
]);
export type Scope = Static<typeof ScopeField>;

/** Whose business a write is (社会保险经办条例 第7条): human resources, medical security, finance, tax. */
export const DEPARTMENTS = ['human-resources', 'medical-security', 'finance', 'tax'] as const;
export type Department = (typeof DEPARTMENTS)[number];

export interface RoleTerms {
  readonly name: string;
  /** The reaches in which it may be given. */
  readonly scopes: readonly ScopeKind[];
  /** Whether a grant must name departments. */
  readonly departments: boolean;
  /** Whether its holder may lend it for a time. Rights over one's own record or employer are not lent: they are filed. */
  readonly delegable: boolean;
}

const AGENCY = { scopes: ['own-area'], departments: true, delegable: true } as const;

export const ROLE_TERMS = {
  'insured-person': { name: '参保人', scopes: ['own-person'], departments: false, delegable: false },
  'employer-administrator': { name: '专管员', scopes: ['own-employer'], departments: false, delegable: false },
  clerk: { name: '经办人', ...AGENCY },
  reviewer: { name: '复核人', ...AGENCY },
  approver: { name: '审批人', ...AGENCY },
  'fund-manager': { name: '基金管理', ...AGENCY },
  supervisor: { name: '监管', scopes: ['own-area', 'all'], departments: false, delegable: true },
  'committee-member': { name: '社会保险监督委员会委员', scopes: ['own-area'], departments: false, delegable: false },
  statistician: { name: '统计', scopes: ['own-area', 'all'], departments: false, delegable: true },
  operator: { name: '系统管理', scopes: ['own-area', 'all'], departments: false, delegable: false },
} as const satisfies Readonly<Record<string, RoleTerms>>;

export type Role = keyof typeof ROLE_TERMS;
export const ROLES = Object.keys(ROLE_TERMS) as readonly Role[];

const HANDLES_BUSINESS: readonly Role[] = ['clerk', 'reviewer', 'approver', 'fund-manager'];

/**
 * Roles that one user never holds at the same time, lent ones included: who runs the machines or gives out roles handles
 * no business, and who supervises handles nothing that is supervised. (One may be clerk and reviewer: that nobody reviews
 * or approves what he entered himself is a rule on the case, not on the role.)
 */
export function conflict(a: Role, b: Role): boolean {
  const apart: readonly Role[] = ['operator', 'supervisor', 'committee-member'];
  const one = (x: Role, y: Role): boolean => apart.includes(x) && (HANDLES_BUSINESS.includes(y) || apart.includes(y));
  return a !== b && (one(a, b) || one(b, a));
}

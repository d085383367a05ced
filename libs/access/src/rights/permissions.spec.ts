import { type PermissionTerms, PERMISSIONS } from './permissions.js';
import { conflict, type Role, ROLE_TERMS, ROLES, type RoleTerms, SCOPE_KINDS } from './roles.js';
import { judge, type Right } from './verdict.js';

const table = Object.entries(PERMISSIONS) as [keyof typeof PERMISSIONS, PermissionTerms][];

describe('the permission table', () => {
  it.each(table)('%s names reaches that its roles can have, and departments where staff writes', (_, terms) => {
    if (terms.roles === 'everyone-signed-in') {
      expect(terms.departments).toBeUndefined();
      return;
    }
    const roles = Object.entries(terms.roles) as [Role, (typeof SCOPE_KINDS)[number]][];
    expect(roles.length).toBeGreaterThan(0);
    for (const [role, widest] of roles) {
      const { scopes }: RoleTerms = ROLE_TERMS[role];
      expect(scopes.some((each) => SCOPE_KINDS.indexOf(each) <= SCOPE_KINDS.indexOf(widest))).toBe(true);
    }
    const staffWrites = terms.kind === 'write' && roles.some(([role]) => ROLE_TERMS[role].departments);
    expect(terms.departments !== undefined).toBe(staffWrites);
  });

  it('gives the checkers nothing to make, and the makers nothing to check', () => {
    const rolesOf = (permission: keyof typeof PERMISSIONS): readonly string[] =>
      Object.keys(PERMISSIONS[permission].roles);
    for (const made of ['change-form.fill-in', 'administrator.file'] as const) {
      expect(rolesOf(made)).not.toContain('reviewer');
    }
    expect(rolesOf('change-form.examine')).toEqual(['reviewer']);
    expect(rolesOf('administrator.verify')).toEqual(['reviewer']);
    expect(rolesOf('case.review')).toEqual(['reviewer']);
    expect(rolesOf('case.approve')).toEqual(['approver']);
  });

  it('lets the supervision write of supervision only, and operators no business', () => {
    for (const [permission, terms] of table) {
      if (terms.kind === 'read' || terms.roles === 'everyone-signed-in') continue;
      if (terms.roles.supervisor !== undefined) expect(permission).toMatch(/^(alert|supervision)\./);
      if (terms.roles.operator !== undefined) expect(permission).toMatch(/^(user|role|system)\./);
    }
  });

  it('keeps operators and supervision apart from business, whichever way round it is asked', () => {
    for (const a of ROLES) for (const b of ROLES) expect(conflict(a, b)).toBe(conflict(b, a));
    expect(conflict('operator', 'approver')).toBe(true);
    expect(conflict('supervisor', 'operator')).toBe(true);
    expect(conflict('clerk', 'reviewer')).toBe(false);
    expect(conflict('insured-person', 'operator')).toBe(false);
  });
});

describe('a judgement', () => {
  const right = (changes: Partial<Right>): Right => ({
    ...{ grantId: 'g', role: 'clerk', scope: { kind: 'own-area', area: '310000' } },
    ...{ departments: ['human-resources'], from: '2026-01-01' as Right['from'] },
    ...changes,
  });
  const SELF = right({ role: 'insured-person', scope: { kind: 'own-person', personId: 'p' }, departments: [] });
  const BOSS = right({
    role: 'employer-administrator',
    scope: { kind: 'own-employer', employer: 'e' },
    departments: [],
  });
  const here = { area: '310000' };

  it('lets one see one’s own record and nobody else’s', () => {
    expect(judge([SELF], 'statement.read', { ...here, personId: 'p' }).allowed).toBe(true);
    expect(judge([SELF], 'statement.read', { ...here, personId: 'q' })).toMatchObject({ reason: 'outside-scope' });
    expect(judge([SELF], 'statement.read', here)).toMatchObject({ reason: 'outside-scope' });
  });
  it('lets an administrator act for the own employer only', () => {
    expect(judge([BOSS], 'declaration.file', { ...here, employers: ['x', 'e'] }).allowed).toBe(true);
    expect(judge([BOSS], 'declaration.file', { ...here, employers: ['x'] })).toMatchObject({ reason: 'outside-scope' });
    expect(judge([BOSS], 'declaration.file', here)).toMatchObject({ reason: 'outside-scope' });
    expect(judge([BOSS], 'books.read', here)).toMatchObject({ reason: 'no-role' });
  });
  it('limits writes of the agency’s staff to their department, and reads not', () => {
    expect(judge([right({ departments: ['finance'] })], 'person.enrol', here)).toMatchObject({
      reason: 'other-department',
    });
    expect(judge([right({ departments: ['finance'] })], 'person.read', here).allowed).toBe(true);
    const both = [right({ departments: ['finance'] }), right({ grantId: 'h', departments: ['tax'] })];
    expect(judge(both, 'person.enrol', here)).toMatchObject({ right: { grantId: 'h' } });
  });
  it('does not count a grant that reaches further than the table lets its role', () => {
    expect(judge([right({ scope: { kind: 'all' } })], 'person.read', here)).toMatchObject({ reason: 'no-role' });
  });
  it('uses one’s own right before a lent one', () => {
    const rights = [right({ grantId: 'lent', lentBy: 'wang' }), right({ grantId: 'own' })];
    expect(judge(rights, 'person.enrol', here)).toMatchObject({ right: { grantId: 'own' } });
  });
});

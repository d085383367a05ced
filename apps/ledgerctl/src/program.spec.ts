import { commandPermissions } from '@provident/access/guard/command-permissions';
import { PERMISSIONS, type PermissionTerms } from '@provident/access/rights/permissions';
import { calculators } from './calculators.js';
import { program } from './program.js';

/** Every command of both programs, with its permission. */
const permissions = [program(), calculators()].flatMap((root) => [...commandPermissions(root)]);

it('no command of the command line is without a permission', () => {
  expect(permissions.length).toBeGreaterThan(20);
  expect(permissions.filter(([, permission]) => permission === undefined)).toEqual([]);
});

it('nothing that one person must not do alone is a command of the command line', () => {
  const checks = permissions.filter(([, permission]) => {
    if (permission === undefined) return false;
    const terms: PermissionTerms = PERMISSIONS[permission];
    return terms.onlyOwnRole === true || permission.startsWith('case.');
  });
  expect(checks).toEqual([]);
});

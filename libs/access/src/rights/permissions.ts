import type { Department, Role, ScopeKind } from './roles.js';

/** One line of the table: what it allows, whom, how far, and - for writes - whose business it is. */
export interface PermissionTerms {
  readonly what: string;
  readonly kind: 'read' | 'write';
  /** The roles that have it, each with the widest reach in which it counts. */
  readonly roles: Readonly<Partial<Record<Role, ScopeKind>>> | 'everyone-signed-in';
  /** A write by the agency's staff counts only for staff of one of these departments (社会保险经办条例 第7条). */
  readonly departments?: readonly Department[];
  /** A check outside casework: a lent role does not count, so that nobody checks through another what he made himself. */
  readonly onlyOwnRole?: true;
}

type Reach = Readonly<Partial<Record<Role, ScopeKind>>>;

const SELF: Reach = { 'insured-person': 'own-person' };
const EMPLOYER: Reach = { 'employer-administrator': 'own-employer' };
const CLERK: Reach = { clerk: 'own-area' };
const REVIEWER: Reach = { reviewer: 'own-area' };
const APPROVER: Reach = { approver: 'own-area' };
const FUND_MANAGER: Reach = { 'fund-manager': 'own-area' };
const DESK: Reach = { ...CLERK, ...REVIEWER, ...APPROVER };
const SUPERVISOR: Reach = { supervisor: 'all' };
const STATISTICIAN: Reach = { statistician: 'all' };
const COMMITTEE: Reach = { 'committee-member': 'own-area' };
const OPERATOR: Reach = { operator: 'all' };
const EVERYONE = 'everyone-signed-in';

/** Registration and enrolment concern every scheme, whoever runs it; contributions are collected by the tax authority. */
const REGISTRATION: readonly Department[] = ['human-resources', 'medical-security', 'tax'];
const COLLECTION: readonly Department[] = ['human-resources', 'medical-security', 'tax'];
const SCHEMES: readonly Department[] = ['human-resources', 'medical-security'];
const FUNDS: readonly Department[] = ['human-resources', 'medical-security', 'finance'];
const ALL: readonly Department[] = ['human-resources', 'medical-security', 'finance', 'tax'];

const reads = (what: string, roles: Reach | typeof EVERYONE): PermissionTerms => ({ what, kind: 'read', roles });
const writes = (
  what: string,
  roles: Reach | typeof EVERYONE,
  departments?: readonly Department[],
): PermissionTerms => ({ what, kind: 'write', roles, ...(departments === undefined ? {} : { departments }) });

const checks = (what: string, roles: Reach, departments: readonly Department[]): PermissionTerms => ({
  ...writes(what, roles, departments),
  onlyOwnRole: true,
});

/** The permission table: the whole of who may do what. Routes and commands of the command line name its keys. */
export const PERMISSIONS = {
  // Everyone who is signed in
  'session.own': writes('see and end one’s own sessions', EVERYONE),
  'calculation.run': reads('calculate by a statutory formula', EVERYONE),
  'policy.read': reads('read policy parameters and proposals', EVERYONE),
  'procedure.read': reads('read the procedures of casework', EVERYONE),
  'position.read': reads('see how far the log and the figures are', EVERYONE),

  // Register
  'employer.read': reads('read an employer’s record', { ...EMPLOYER, ...DESK, ...FUND_MANAGER, ...SUPERVISOR }),
  'employer.name': reads('see what an employer is called', {
    ...DESK,
    ...FUND_MANAGER,
    ...SUPERVISOR,
    ...COMMITTEE,
  }),
  'employer.register': writes('register an employer', CLERK, REGISTRATION),
  'employer.change': writes('change an employer’s particulars', CLERK, REGISTRATION),
  'employer.certificate': writes('issue and replace certificates', CLERK, REGISTRATION),
  'person.read': reads('read a person’s record', { ...SELF, ...DESK, ...SUPERVISOR }),
  'person.register': writes('register a person', { ...EMPLOYER, ...CLERK }, REGISTRATION),
  'person.change': writes('change a person’s particulars', CLERK, REGISTRATION),
  'person.enrol': writes('enrol a person and end a participation', { ...EMPLOYER, ...CLERK }, REGISTRATION),
  'change-form.fill-in': writes('fill in and hand in a monthly change form', { ...EMPLOYER, ...CLERK }, REGISTRATION),
  'change-form.examine': checks('accept a monthly change form or give it back', REVIEWER, REGISTRATION),
  'card.manage': writes('issue, replace and block cards', CLERK, SCHEMES),
  'card.report-loss': writes('report one’s own card lost', { ...SELF, ...CLERK }, SCHEMES),
  'administrator.file': writes('file an employer’s administrator', CLERK, REGISTRATION),
  'administrator.verify': checks('verify the filing of an administrator', REVIEWER, REGISTRATION),
  'administrator.hand-over': writes('begin and withdraw a handover', { ...EMPLOYER, ...CLERK }, REGISTRATION),
  // Who takes over has no right over the employer's file yet: the handover is his as a person.
  'administrator.take-over': writes('say what was found of a handover’s items', SELF),
  'administrator.sign': writes('sign a handover', { ...SELF, ...EMPLOYER, ...CLERK }, REGISTRATION),
  'administrator.read-handover': reads('read a handover', { ...SELF, ...EMPLOYER, ...DESK, ...SUPERVISOR }),
  'document.read': reads('read stored documents', { ...EMPLOYER, ...DESK, ...SUPERVISOR }),
  'document.store': writes('store documents', { ...EMPLOYER, ...CLERK }, ALL),
  'document.keep': writes('lend originals out, set checklists, record gaps', CLERK, ALL),
  'register.import': writes('import register files', CLERK, REGISTRATION),

  // Contributions and accounts
  'declaration.read': reads('read declarations and what is owed', {
    ...EMPLOYER,
    ...DESK,
    ...FUND_MANAGER,
    ...SUPERVISOR,
  }),
  'declaration.file': writes('file a declaration', { ...EMPLOYER, ...CLERK }, COLLECTION),
  'receipt.enter': writes('enter and identify bank receipts', { ...CLERK, ...FUND_MANAGER }, [
    ...COLLECTION,
    'finance',
  ]),
  'late-fee.assess': writes('charge late fees', CLERK, COLLECTION),
  'account.close-year': writes('close a year of the personal accounts', FUND_MANAGER, FUNDS),
  'statement.read': reads('read a personal statement', { ...SELF, ...DESK, ...SUPERVISOR }),

  // Casework: also corrections, changes of parameters, cancellations, merges and refunds
  'case.read': reads('read a case', { ...SELF, ...EMPLOYER, ...DESK, ...FUND_MANAGER, ...SUPERVISOR }),
  'case.open': writes(
    'open a case and bring evidence',
    {
      ...{ ...SELF, ...EMPLOYER, ...CLERK, ...FUND_MANAGER },
      statistician: 'own-area',
    },
    ALL,
  ),
  'case.handle': writes('stop a case’s clock, have it carried out again', DESK, ALL),
  'case.review': writes('review a case', REVIEWER, ALL),
  'case.approve': writes('approve a case, or give it up', APPROVER, ALL),
  'case.check': writes('refuse a case or give it back', { ...REVIEWER, ...APPROVER }, ALL),
  'queue.read': reads('see the queues of cases and tasks', { ...DESK, ...FUND_MANAGER, ...SUPERVISOR }),
  'message.exchange': writes('exchange messages and appointments', { ...EMPLOYER, ...DESK, ...FUND_MANAGER }, ALL),
  'notice.publish': writes('publish notices and take them back', { ...EMPLOYER, ...CLERK }, ALL),
  'notice.read': reads('read notices', { ...SELF, ...EMPLOYER, ...DESK, ...SUPERVISOR }),
  'notice.receive': writes('record that a notice was read', { ...SELF, ...EMPLOYER, ...CLERK }, ALL),
  'task.assign': writes('assign tasks', { ...APPROVER, ...FUND_MANAGER }, ALL),
  'task.work': writes('record progress and results of a task', { ...DESK, ...FUND_MANAGER, ...STATISTICIAN }, ALL),

  // Funds, books, statistics
  'books.read': reads('read books and balances', { ...FUND_MANAGER, ...APPROVER, ...SUPERVISOR, ...COMMITTEE }),
  'books.verify': reads('examine the whole books', { ...FUND_MANAGER, ...SUPERVISOR, ...OPERATOR }),
  'fund.manage': writes('manage fund accounts and investments', FUND_MANAGER, FUNDS),
  'statistics.read': reads('read statistics', {
    ...STATISTICIAN,
    ...DESK,
    ...FUND_MANAGER,
    ...SUPERVISOR,
    ...COMMITTEE,
  }),
  'statistics.publish': writes('publish statistics', STATISTICIAN),
  'alert.handle': writes(
    'examine the ledger, take alerts over and resolve them',
    {
      ...{ ...FUND_MANAGER, ...REVIEWER, ...APPROVER, ...SUPERVISOR },
    },
    ALL,
  ),
  'supervision.read': reads('replay, proofs and audit exports', SUPERVISOR),
  'supervision.cosign': writes('bring in a witness’s cosignature of a checkpoint', SUPERVISOR),

  // Users and the record of their doings
  'user.read': reads('read users and their roles', { ...OPERATOR, ...SUPERVISOR }),
  'staff.name': reads('see the account name of who handled a matter', {
    ...DESK,
    ...FUND_MANAGER,
    ...SUPERVISOR,
    ...COMMITTEE,
    ...OPERATOR,
  }),
  'user.manage': writes('register, disable and let in users', OPERATOR),
  'role.grant': writes('grant and revoke roles', OPERATOR),
  'role.lend': writes('lend one’s own role for a time', EVERYONE),
  'read-log.read': reads('see who read a person’s record', { ...SELF, ...SUPERVISOR }),
  'refusal-log.read': reads('see what was refused', { ...SUPERVISOR, ...OPERATOR }),
  'person.erase': writes('erase a person’s personal data', APPROVER, SCHEMES),

  // Running the system
  'system.watch': reads('health in detail, metrics', OPERATOR),
  'system.run': writes('rebuild, repair dead letters, back up, rotate keys', OPERATOR),
} as const satisfies Readonly<Record<string, PermissionTerms>>;

export type Permission = keyof typeof PERMISSIONS;

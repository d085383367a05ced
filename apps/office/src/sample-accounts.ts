import { hash } from 'node:crypto';
import { join } from 'node:path';
import { PersonIndex, ROLE_TERMS } from '@provident/access';
import {
  agencyActor,
  agencyOf,
  giveAccounts,
  type Ledger,
  registerHolders,
  type RoleHolder,
  type SampleAccount,
} from '@provident/assembly';
import { addDays, businessDate } from '@provident/kernel';
import { filingIdOf } from '@provident/registry/administrators/administrators';
import { FileAdministrator, VerifyAdministrator } from '@provident/registry/administrators/commands';
import { AUTHORITIES } from '@provident/registry/administrators/events';
import { table } from '@provident/terminal';
import type { Highlight, Story } from '../../../deploy/sample/story.js';

/**
 * One account for every role, for the invented people of the sample: the agency's own, an insured person whose statement
 * has something to tell, and the administrator of an employer, who is filed and verified as one is.
 */
export async function openSampleAccounts(ledger: Ledger, story: Story): Promise<readonly SampleAccount[]> {
  const { area, dataFolder } = ledger.config;
  const insured = ledger.get(PersonIndex).personIdOf(person(highlight(story, 'wrong-credit')));
  const agency = agencyOf(area);
  const self: RoleHolder = {
    ...{ role: 'insured-person', personId: insured, departments: [] },
    scope: { kind: 'own-person', personId: insured },
  };
  await registerHolders(ledger.commands, area, [...agency, self]);
  const administrator = await fileAdministrator(ledger, story);
  const people = [self, { role: 'employer-administrator' as const, personId: administrator }, ...agency];
  return giveAccounts(ledger.app, people, join(dataFolder, 'sample-accounts.json'));
}

/** Files the administrator by the agency's clerk and verifies the filing by its reviewer; the right follows from that. */
async function fileAdministrator(ledger: Ledger, story: Story): Promise<string> {
  const found = highlight(story, 'above-ceiling');
  const [citizenNumber, filedOn] = [person(found), addDays(businessDate(`${story.year}-01-01`), 1)];
  const context = (role: 'clerk' | 'reviewer', step: string) =>
    ledger.context(agencyActor(role), filedOn, 'sample', 'administrator', step);
  const filing = context('clerk', 'file');
  const body = {
    ...{ name: '样本专管员', citizenNumber, phone: '021-12333', from: filedOn, filedOn },
    authority: [...AUTHORITIES],
    letterHash: hash('sha256', `letter of authority of ${found.employer}`),
  };
  await ledger.commands.execute(new FileAdministrator(found.employer, body, filing));
  const verified = { filingId: filingIdOf(filing.commandId), verifiedOn: filedOn };
  await ledger.commands.execute(new VerifyAdministrator(found.employer, verified, context('reviewer', 'verify')));
  await ledger.reactionsIdle();
  return ledger.get(PersonIndex).personIdOf(citizenNumber);
}

/** The accounts as a table, and what to do with them. */
export function accountsText(accounts: readonly SampleAccount[]): string {
  const rows = accounts.map(({ role, name, password }) => [ROLE_TERMS[role].name, name, password]);
  const titles = ['角色 role', 'name', 'password'].map((title) => ({ title }));
  return `Accounts of the sample (kept in sample-accounts.json of the data folder; this machine's only):\n${table(titles, rows)}`;
}

function highlight({ highlights }: Story, what: Highlight['what']): Highlight {
  const found = highlights.find((each) => each.what === what);
  if (found === undefined) throw new Error(`The sample has no ${what}.`);
  return found;
}

function person({ person, what }: Highlight): string {
  if (person === undefined) throw new Error(`The sample names nobody for ${what}.`);
  return person;
}

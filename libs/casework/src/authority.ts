import type { BusinessDate } from '@provident/kernel';
import { LIMITS } from './limits.js';
import type { Role, Scope } from './roles.js';

/**
 * One way in which an account may act in a role. It is people who act, not accounts or roles: `person` is who sits behind
 * the account, and `through` names everybody whose role was lent on the way, the nearest lender first. All of them answer
 * for what is done by it, so all of them count where one person must not do two things.
 */
export interface Authority {
  readonly account: string;
  readonly person: string;
  readonly role: Role;
  readonly through: readonly string[];
  /** How far the role reaches; everywhere when absent. */
  readonly scope?: Scope;
}

/** Whom a step is about. What is absent is not known, and a role that is bound to it does not reach. */
export interface Target {
  readonly employer?: string | undefined;
  readonly personId?: string | undefined;
}

/** Whether a role reaches as far as the target. Areas are told apart by who asks: one process serves one area. */
export function reaches({ scope }: Authority, { employer, personId }: Target): boolean {
  switch (scope?.kind) {
    case 'own-employer':
      return scope.employer === employer;
    case 'own-person':
      return scope.personId === personId;
    case 'own-area':
    case 'all':
    case undefined:
      return true;
  }
}

/** A person holds a role from a day on, up to and including the last day; open when there is none. */
export interface RoleGrant {
  readonly person: string;
  readonly role: Role;
  readonly from: BusinessDate;
  readonly until?: BusinessDate;
}

/** A person lends a role to another for a time. It counts on those days only on which the lender holds the role. */
export interface Delegation {
  readonly lender: string;
  readonly borrower: string;
  readonly role: Role;
  readonly from: BusinessDate;
  readonly until: BusinessDate;
}

/** Who is who and who was given what: everything that authorities follow from. */
export interface StaffFacts {
  /** The person behind each account; one person may have several accounts. */
  readonly persons: ReadonlyMap<string, string>;
  readonly grants: readonly RoleGrant[];
  readonly delegations: readonly Delegation[];
}

/**
 * Every way in which an account may act on a day: roles of its person's own first, then lent ones, the shorter chains
 * before the longer. A chain comes back to nobody that it has named, and ends with somebody who holds the role himself.
 */
export function authoritiesOf(facts: StaffFacts, account: string, on: BusinessDate): readonly Authority[] {
  const person = facts.persons.get(account);
  if (person === undefined) return [];
  const held = facts.grants.filter((grant) => isInForce(grant, on));
  const lent = facts.delegations.filter((delegation) => isInForce(delegation, on));
  const found: Authority[] = held
    .filter((grant) => grant.person === person)
    .map(({ role }) => ({ account, person, role, through: [] }));
  // Chains grow by one lender at a time, so that shorter ones stand first.
  let chains = lent
    .filter((each) => each.borrower === person)
    .map(({ role, lender }) => ({ role, through: [lender] as readonly string[] }))
    .filter(({ through }) => !through.includes(person));
  while (chains.length > 0 && found.length < LIMITS.authorities) {
    for (const { role, through } of chains) {
      const lender = through.at(-1);
      if (held.some((grant) => grant.role === role && grant.person === lender)) {
        found.push({ account, person, role, through });
      }
    }
    chains = chains.flatMap(({ role, through }) => {
      // The one who acts and all lenders so far; one more must fit.
      if (through.length + 2 > LIMITS.chain) return [];
      return lent
        .filter((each) => each.role === role && each.borrower === through.at(-1))
        .filter(({ lender }) => lender !== person && !through.includes(lender))
        .map(({ lender }) => ({ role, through: [...through, lender] }));
    });
  }
  return found.slice(0, LIMITS.authorities);
}

function isInForce({ from, until }: { from: BusinessDate; until?: BusinessDate }, on: BusinessDate): boolean {
  return from <= on && (until === undefined || on <= until);
}

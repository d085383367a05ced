import type { AccountEvent } from '@provident/accounts/events';
import { Money, monthOf, monthOfYear, type Rate, yearOf } from '@provident/kernel';
import { accountInterest } from '@provident/policy';

/** A credit whose year is not closed, as it would have been. */
interface OpenCredit {
  readonly creditId: string;
  readonly year: number;
  readonly month: number;
  readonly amount: Money;
  /** It was there at the start of its year: it earns with the opening balance. */
  readonly opening?: true;
}

type Merged = Extract<AccountEvent, { type: 'AccountMergedFrom' }>['data'];

/** A personal account as it was and as it would have been; the balance before is that of its events. */
export interface AccountEffect {
  before: Money;
  after: Money;
}

interface Account extends AccountEffect {
  /** Balance with which the open year began, as it would have been. */
  opening: Money;
  credits: OpenCredit[];
}

/**
 * Follows every personal account through its events, with the credits and the interest that it would have had. Keeps the
 * credits of open years only, like the account itself.
 */
export class AccountEffects {
  private readonly accounts = new Map<string, Account>();
  /** Amounts of reversed credits as they would have been: a correction gives one to somebody else. */
  private readonly reversed = new Map<string, Money>();

  /**
   * @param simulated what a credited month would have brought, by person, employer and month
   * @param rateOf the record rate of a year as it would have been
   */
  constructor(
    private readonly simulated: (personId: string, employer: string, month: string) => Money | undefined,
    private readonly rateOf: (year: number) => Rate,
  ) {}

  take({ type, data }: AccountEvent): void {
    const account = this.of(data.personId);
    switch (type) {
      case 'ContributionCredited': {
        const { creditId, corrects, employer, month, creditedOn, accountAmount } = data;
        const before = Money.of(accountAmount);
        const moved = corrects === undefined ? undefined : this.reversed.get(corrects);
        const amount = moved ?? this.simulated(data.personId, employer, month) ?? before;
        account.before = account.before.plus(before);
        account.after = account.after.plus(amount);
        const credited = { creditId, year: yearOf(creditedOn), month: monthOfYear(monthOf(creditedOn)), amount };
        account.credits.push(credited);
        return;
      }
      case 'ContributionCreditReversed': {
        const credit = account.credits.find((each) => each.creditId === data.reverses);
        const before = Money.of(data.accountAmount);
        const amount = credit?.amount ?? before.negated();
        account.before = account.before.plus(before);
        account.after = account.after.minus(amount);
        account.credits = account.credits.filter((each) => each !== credit);
        if (credit === undefined) {
          // A duplicate of a closed year, found by a merge, leaves with the start of the open one.
          const left = { creditId: data.creditId, year: yearOf(data.creditedOn), month: 1, amount: amount.negated() };
          account.credits.push({ ...left, opening: true });
        }
        this.reversed.set(data.reverses, amount);
        return;
      }
      case 'AccountInterestPosted': {
        const inYear = account.credits.filter((each) => each.year === data.year);
        const opening = Money.sum(inYear.filter((each) => each.opening).map((each) => each.amount));
        const { interest, closingBalance } = accountInterest({
          ...{ method: 'month-product', openingBalance: account.opening.plus(opening), rate: this.rateOf(data.year) },
          credits: inYear.filter((each) => !each.opening),
        });
        account.before = account.before.plus(Money.of(data.interest));
        account.after = account.after.plus(interest);
        account.opening = closingBalance;
        account.credits = account.credits.filter((each) => each.year > data.year);
        return;
      }
      case 'AccountMergedFrom':
        this.merge(data, account);
        return;
      case 'AccountMergedInto':
      case 'CreditConflictFound':
      case 'CreditConflictSettled':
      case 'RecordDisputeUpheld':
      case 'YearClosed':
        return;
    }
  }

  /** What the merged account would have had opens the year after its last closing. */
  private merge({ mergeId, merged, closedYear }: Merged, survivor: Account): void {
    const { before, after, opening, credits } = this.of(merged);
    survivor.before = survivor.before.plus(before);
    survivor.after = survivor.after.plus(after);
    survivor.credits.push(...credits);
    if (closedYear !== undefined) {
      survivor.credits.push({ creditId: mergeId, year: closedYear + 1, month: 1, amount: opening, opening: true });
    }
    this.accounts.set(merged, nothing());
  }

  get(personId: string): AccountEffect | undefined {
    return this.accounts.get(personId);
  }

  private of(personId: string): Account {
    let account = this.accounts.get(personId);
    if (account === undefined) {
      account = nothing();
      this.accounts.set(personId, account);
    }
    return account;
  }
}

function nothing(): Account {
  return { before: Money.zero, after: Money.zero, opening: Money.zero, credits: [] };
}

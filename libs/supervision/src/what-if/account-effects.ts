import type { AccountEvent } from '@provident/accounts/events';
import { Money, monthOf, monthOfYear, type Rate, yearOf } from '@provident/kernel';
import { accountInterest } from '@provident/policy';

/** A credit whose year is not closed, as it would have been. */
interface OpenCredit {
  readonly creditId: string;
  readonly year: number;
  readonly month: number;
  readonly amount: Money;
}

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
        this.reversed.set(data.reverses, amount);
        return;
      }
      case 'AccountInterestPosted': {
        const inYear = account.credits.filter((each) => each.year === data.year);
        const { interest, closingBalance } = accountInterest({
          method: 'month-product',
          ...{ openingBalance: account.opening, rate: this.rateOf(data.year), credits: inYear },
        });
        account.before = account.before.plus(Money.of(data.interest));
        account.after = account.after.plus(interest);
        account.opening = closingBalance;
        account.credits = account.credits.filter((each) => each.year > data.year);
        return;
      }
      case 'CreditConflictFound':
      case 'YearClosed':
        return;
    }
  }

  get(personId: string): AccountEffect | undefined {
    return this.accounts.get(personId);
  }

  private of(personId: string): Account {
    let account = this.accounts.get(personId);
    if (account === undefined) {
      account = { before: Money.zero, after: Money.zero, opening: Money.zero, credits: [] };
      this.accounts.set(personId, account);
    }
    return account;
  }
}

import { account, type AccountCommand, type Credit } from '@provident/accounts/account';
import type { AccountEvent } from '@provident/accounts/events';
import { businessDate, deterministicId, Money, month, Rate, type RecordedEvent } from '@provident/kernel';

export const PERSON = deterministicId('person', 'statement');
export const EMPLOYER = '91350100M000100Y43';

const RATE = {
  ...{ id: 'account.record_rate', area: '000000', from: '2025-01-01', value: '0.0262' },
  ...{ legalBasis: '人社厅发〔2025〕1号', confidence: 'official' },
};

/** An account's events as its own rules make them, numbered like a log. */
export class AccountHistory {
  private state = account.initial;
  readonly events: RecordedEvent<AccountEvent>[] = [];

  /** A paid month: employer 16, 9, 0.5 and 0.2 % of the base; employee 8, 2 and 0.5 %. */
  credit(paidMonth: string, base: string, creditedOn: string, corrects?: string): Credit {
    const amount = (rate: string) => Money.of(base).times(Rate.of(rate), 'fen-half-up');
    const credit: Credit = {
      ...{ creditId: deterministicId('credit', paidMonth, base), personId: PERSON, employer: EMPLOYER },
      ...{ declarationId: deterministicId('declaration', paidMonth), month: month(paidMonth), base: Money.of(base) },
      lines: [
        { scheme: 'pension', payer: 'employer', amount: amount('0.16') },
        { scheme: 'pension', payer: 'employee', amount: amount('0.08') },
        { scheme: 'medical', payer: 'employer', amount: amount('0.09') },
        { scheme: 'medical', payer: 'employee', amount: amount('0.02') },
        { scheme: 'unemployment', payer: 'employer', amount: amount('0.005') },
        { scheme: 'unemployment', payer: 'employee', amount: amount('0.005') },
        { scheme: 'work-injury', payer: 'employer', amount: amount('0.002') },
      ],
      ...{ accountAmount: amount('0.08'), creditedOn: businessDate(creditedOn) },
    };
    this.give({ type: 'CreditContribution', ...credit, ...(corrects === undefined ? {} : { corrects }) });
    return credit;
  }

  reverse(credit: Credit, reversedOn: string, reason: string): void {
    const reversalId = deterministicId('reversal', credit.creditId);
    this.give({ type: 'ReverseCredit', reversalId, credit, reversedOn: businessDate(reversedOn), reason });
  }

  close(year: number): void {
    this.give({ type: 'CloseYear', personId: PERSON, year, rate: Rate.of(RATE.value), parameter: RATE });
  }

  private give(command: AccountCommand): void {
    for (const event of account.decide(command, this.state)) {
      this.state = account.evolve(this.state, event);
      const revision = BigInt(this.events.length);
      this.events.push({
        ...event,
        ...{
          id: deterministicId('event', String(revision)),
          stream: `account-${PERSON}`,
          revision,
          position: revision * 10n,
        },
        recordedAt: new Date(0),
        metadata: {
          ...{ commandId: PERSON, correlationId: PERSON, causationId: PERSON, actor: 'clerk:test' },
          ...{ effectiveDate: businessDate('2025-01-01'), schemaVersion: 1, area: '310000' },
        },
      });
    }
  }
}

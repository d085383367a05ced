import { Money, type Payer, type Scheme } from '@provident/kernel';

/**
 * What of a person's month goes to the pension personal account (个人账户记账额): since 2006 the employee's own part and
 * nothing else (国发〔2005〕38号 六).
 */
export function accountShare(lines: readonly { scheme: Scheme; payer: Payer; amount: Money }[]): Money {
  return Money.sum(
    lines.filter(({ scheme, payer }) => scheme === 'pension' && payer === 'employee').map(({ amount }) => amount),
  );
}

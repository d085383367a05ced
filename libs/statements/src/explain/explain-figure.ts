import type { AccountEvent } from '@provident/accounts/events';
import { DomainError, type Month, type RecordedEvent } from '@provident/kernel';
import type { PaidLine } from '../paid.js';
import type { PersonalStatement, StatementMonth } from '../personal-statement.js';
import { ACCOUNT_TITLES, accountReckoning } from './account-figures.js';
import type { DeclaredMonth } from './declared-month.js';
import { type Bilingual, eventNote, type ExplainedFigure } from './explained-figure.js';
import type { FigureName, Sum } from './figure-name.js';
import {
  baseReckoning,
  lineReckoning,
  lineTitle,
  type Reckoning,
  sumReckoning,
  toAccountReckoning,
} from './month-figures.js';

export interface Explaining {
  readonly statement: PersonalStatement;
  /** The account's events that the statement was made from. */
  readonly events: readonly RecordedEvent<AccountEvent>[];
  /** Those of accounts that were merged into it. */
  readonly absorbed?: readonly RecordedEvent<AccountEvent>[];
  /** How the figure's month was declared, for figures of a month. */
  readonly declared: DeclaredMonth | undefined;
}

/** Pure: why a figure is what it is. Throws `figure-unknown` for one that this statement does not have. */
export function explainFigure(figure: string, name: FigureName, of: Explaining): ExplainedFigure {
  const { title, amount, reckoning, rests } = explained(name, of);
  const declared =
    of.declared === undefined || !('month' in name) ? [] : [of.declared.own?.event, of.declared.declared];
  const behind = [...declared, ...rests].filter((event) => event !== undefined);
  return { figure, title, amount, ...reckoning, events: behind.map(eventNote) };
}

interface Explanation {
  readonly title: Bilingual;
  readonly amount: string;
  readonly reckoning: Reckoning;
  readonly rests: readonly RecordedEvent[];
}

function explained(name: FigureName, { statement, events, absorbed = [], declared }: Explaining): Explanation {
  const all = [...absorbed, ...events];
  const eventsOf = (lines: readonly { readonly eventId: string }[]) =>
    all.filter(({ id }) => lines.some(({ eventId }) => eventId === id));
  switch (name.kind) {
    case 'base': {
      const month = monthIn(statement, name.month);
      const title = { zh: `${name.month} 缴费基数`, en: `Contribution base of ${name.month}` };
      return { title, amount: month.base, reckoning: baseReckoning(month, declared), rests: eventsOf([month]) };
    }
    case 'to-account': {
      const month = monthIn(statement, name.month);
      const title = { zh: `${name.month} 记入个人账户`, en: `Credited to the personal account for ${name.month}` };
      return { title, amount: month.accountAmount, reckoning: toAccountReckoning(month), rests: eventsOf([month]) };
    }
    case 'line': {
      const month = monthIn(statement, name.month);
      const line = month.lines.find(({ scheme, payer }) => scheme === name.scheme && payer === name.payer) ?? absent();
      const reckoning = lineReckoning(month, line, declared);
      const title = lineTitle(name.scheme, name.payer);
      const dated = { zh: `${name.month} ${title.zh}`, en: `${title.en} of ${name.month}` };
      return { title: dated, amount: line.amount, reckoning, rests: eventsOf([month]) };
    }
    case 'month-sum': {
      const month = monthIn(statement, name.month);
      const title = sumTitle(name.of, name.month);
      return { title, ...summed(month.lines, name.of, month.paid[name.of], title), rests: eventsOf([month]) };
    }
    case 'year-sum': {
      const title = sumTitle(name.of, String(statement.year));
      const sum = summed(statement.totals, name.of, statement.paid[name.of], title);
      return { title, ...sum, rests: eventsOf(statement.months) };
    }
    case 'year-line': {
      const ofLine = ({ scheme, payer }: PaidLine) => scheme === name.scheme && payer === name.payer;
      const total = statement.totals.find(ofLine) ?? absent();
      const months = statement.months.filter(({ lines }) => lines.some(ofLine));
      const amounts = months.flatMap(({ lines }) => lines.filter(ofLine).map(({ amount }) => amount));
      const title = lineTitle(name.scheme, name.payer);
      const rule = { zh: `${title.zh} = 各月之和`, en: `${title.en} = sum of the months` };
      return {
        title,
        amount: total.amount,
        reckoning: sumReckoning(amounts, total.amount, rule),
        rests: eventsOf(months),
      };
    }
    case 'account': {
      const { amount, rests, ...reckoning } = accountReckoning(name.of, statement.year, statement.account, events);
      return { title: ACCOUNT_TITLES[name.of], amount, reckoning, rests };
    }
    case 'correction': {
      const found = statement.corrections.find(({ eventId }) => eventId === name.eventId) ?? absent();
      const credit = all.filter(({ data }) => 'creditId' in data && data.creditId === found.reverses);
      const title = { zh: `${found.month} 红字冲正`, en: `Reversal in red of ${found.month}` };
      const rule = { zh: `原记入有误：${found.reason}`, en: `The credit was wrong: ${found.reason}` };
      const reckoning = sumReckoning([found.accountAmount], found.accountAmount, rule);
      return { title, amount: found.accountAmount, reckoning, rests: [...credit, ...eventsOf([found])] };
    }
  }
}

function summed(lines: readonly PaidLine[], of: Sum, total: string, title: Bilingual) {
  const parts = lines.filter(({ payer }) => of === 'total' || payer === of).map(({ amount }) => amount);
  const rule = { zh: `${title.zh} = 各险种之和`, en: `${title.en} = sum over the schemes` };
  return { amount: total, reckoning: sumReckoning(parts, total, rule) };
}

function sumTitle(of: Sum, when: string): Bilingual {
  const titles = {
    employer: { zh: '单位缴费', en: 'Paid by the employer' },
    employee: { zh: '个人缴费', en: 'Paid by the employee' },
    total: { zh: '缴费合计', en: 'Paid by both' },
  };
  return { zh: `${when} ${titles[of].zh}`, en: `${titles[of].en}, ${when}` };
}

function monthIn({ months }: PersonalStatement, month: Month): StatementMonth {
  return months.find((each) => each.month === month) ?? absent();
}

function absent(): never {
  throw new DomainError(
    'figure-unknown',
    'This statement does not have that figure.',
    'A figure is explained where it stands: in the year of its month, for a scheme that was paid.',
    'Take the name from the statement of the year that is asked about.',
  );
}

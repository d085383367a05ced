import { Money } from '@provident/kernel';
import type { NamedStatement } from '@provident/statements';
import { type Address, timesText } from './address.js';
import { findEvent, headOf } from './event-head.js';
import { type Explanation, type ExplanationHead, type Page, pageOf } from './explanation.js';
import { parameterHead } from './explain-parameter.js';
import { lineUnknown } from './refusals.js';
import type { Surroundings } from './surroundings.js';

type Statement = Extract<Address, { kind: 'statement' }>;

interface Line {
  readonly head: ExplanationHead;
  readonly children: () => Promise<readonly ExplanationHead[]>;
}

const RULE = {
  text: 'A statement is rebuilt from the events of the person’s own account: what was credited, less what was reversed, with interest.',
  basis: '《社会保险个人权益记录管理办法》 人社部令第14号',
};

/** A personal statement, or one of its lines: by the months, sums and events that it is made of. Throws `person-unknown`. */
export async function explainStatement(around: Surroundings, address: Statement, page: Page): Promise<Explanation> {
  const { personId, year, line, asOf, knownAt } = address;
  const statement = await around.statements.statement(personId, year, { asOf, knownAt });
  const lines = linesOf(around, statement, address);
  if (line === undefined) {
    return {
      ...headOfLine(address, '', `${year} 年个人权益记录单`, `Statement of ${year}`, statement.account.closing),
      rule: RULE,
      ...pageOf(
        [...lines.values()].map((each) => each.head),
        page,
      ),
    };
  }
  const found = lines.get(line);
  if (found === undefined) throw lineUnknown(line);
  return { ...found.head, rule: RULE, ...pageOf(await found.children(), page) };
}

function linesOf(around: Surroundings, statement: NamedStatement, address: Statement): ReadonlyMap<string, Line> {
  const { account, months, totals, year } = statement;
  const lines = new Map<string, Line>();
  const add = (line: string, zh: string, en: string, amount: string, children: Line['children']) => {
    lines.set(line, { head: headOfLine(address, line, zh, en, amount), children });
  };
  const headsOf = (...names: readonly string[]) => names.flatMap((name) => lines.get(name)?.head ?? []);
  add('opening', '期初余额', 'Opening balance', account.opening, () =>
    Promise.resolve([
      headOfLine(
        { ...address, year: year - 1 },
        'closing',
        '上年期末余额',
        'Closing of the year before',
        account.opening,
      ),
    ]),
  );
  add('credited', '本年记账', 'Credited in the year', account.credited, () => creditsOf(around, account));
  if (account.interest !== undefined) {
    const { total, parameter, eventId } = account.interest;
    add('interest', '利息', 'Interest', total, async () => [
      ...(await eventHeads(around, [eventId])),
      parameterHead(parameter),
    ]);
  }
  add('closing', '期末余额', 'Closing balance', account.closing, () =>
    Promise.resolve(headsOf('opening', 'credited', 'interest')),
  );
  for (const { month, accountAmount, eventId } of months) {
    add(month, `${month} 缴费`, `Contribution of ${month}`, accountAmount, () => eventHeads(around, [eventId]));
  }
  for (const { scheme, payer, amount } of totals) {
    const paid = months.filter((each) => each.lines.some((one) => one.scheme === scheme && one.payer === payer));
    add(`total/${scheme}/${payer}`, `合计 ${scheme} ${payer}`, `Total of ${scheme}, ${payer}`, amount, () =>
      eventHeads(
        around,
        paid.map((each) => each.eventId),
      ),
    );
  }
  return lines;
}

function headOfLine(address: Statement, line: string, zh: string, en: string, amount: string): ExplanationHead {
  const { personId, year } = address;
  return {
    address: `statement:${personId}/${year}${line === '' ? '' : `/${line}`}${timesText(address)}`,
    kind: 'statement',
    title: { zh, en },
    value: { text: Money.of(amount).toString(), unit: 'yuan' },
    facts: [],
  };
}

async function eventHeads({ db }: Surroundings, ids: readonly string[]): Promise<ExplanationHead[]> {
  const heads: ExplanationHead[] = [];
  for (const id of ids) {
    const found = await findEvent(db, id);
    if (found !== undefined) heads.push(headOf(found));
  }
  return heads;
}

/** Credits, reversals and merges that count in the year, as the statement has them. */
async function creditsOf({ db }: Surroundings, { movements }: NamedStatement['account']): Promise<ExplanationHead[]> {
  const heads: ExplanationHead[] = [];
  for (const { kind, eventId, amount } of movements) {
    if (kind === 'interest') continue;
    const found = await findEvent(db, eventId);
    if (found !== undefined) heads.push({ ...headOf(found), value: { text: amount, unit: 'yuan' } });
  }
  return heads;
}

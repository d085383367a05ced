import { Money } from '@provident/kernel';
import { ExplainDesk, type Explanation, type ExplanationHead } from '@provident/supervision';
import { FIRST, FIRST_DUES, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* From any figure down to the article and the people: each step is asked for by the address that the step before gave. */

let office: TestLedger;
let story: SmallStory;

beforeAll(async () => {
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
  await story.pay(0, '2025-07-15', FIRST_DUES);
  await story.correct(story.anna, story.carla, '2025-08-01');
  await story.closeYear();
});
afterAll(() => office.close());

const explain = (figure: string, limit = 50, after?: string): Promise<Explanation> =>
  office.ledger.get(ExplainDesk).explain(figure, { limit, after });
const child = ({ children, address }: Explanation, wanted: string): ExplanationHead => {
  const found = children.find((each) => each.title.en.includes(wanted) || each.address.startsWith(wanted));
  if (found === undefined)
    throw new Error(`${address} has no ${wanted} among ${children.map((each) => each.title.en).join(', ')}`);
  return found;
};
const told = ({ facts }: ExplanationHead, name: string) => facts.find(({ en }) => en === name)?.value;
const sumOf = (children: readonly ExplanationHead[]) =>
  Money.sum(children.map(({ value }) => Money.of(value?.text ?? '0.00'))).toString();

describe('an explanation', () => {
  it('leads from a balance by month and kind of event to voucher, event, and the file that it was entered with', async () => {
    const balance = await explain('balance:employee-pension/4001@2025-12-31');
    expect(balance.value).toEqual({ text: '4190.40', unit: 'yuan' });
    expect(sumOf(balance.children)).toBe('4190.40');
    const month = await explain(child(balance, '2025-07, ContributionReceived').address);
    const voucher = await explain(child(month, 'Voucher').address);
    expect(voucher.facts.map(({ en, value }) => `${en} ${value}`)).toEqual(
      expect.arrayContaining([
        'debit 1002 Income-account deposits 4190.40',
        'credit 4001 Contribution income employees, current 1396.80',
        'credit 4001 Contribution income employers, current 2793.60',
      ]),
    );
    const received = await explain(child(voucher, 'event:').address);
    expect(received.title.en).toBe('Event ContributionReceived');
    expect(told(received, 'amount')).toBe('4190.40');
    const matched = await explain(child(received, 'ReceiptMatched').address);
    expect(told(matched, 'entered by')).toBe('clerk:li');
  });

  it('leads from a statement by its lines to the credit, the declaration, and the parameters with their articles', async () => {
    const statement = await explain(`statement:${story.carla}/2025`);
    const closing = await explain(child(statement, 'Closing').address);
    expect(sumOf(closing.children)).toBe(closing.value?.text);
    const interest = await explain(child(closing, 'Interest').address);
    expect(child(interest, 'parameter:').rule?.basis).toContain('《');
    const credit = await explain(
      child(await explain(child(closing, 'Credited').address), 'ContributionCredited').address,
    );
    expect([told(credit, 'entered by'), told(credit, 'reviewed by'), told(credit, 'approved by')]).toEqual([
      ...['clerk:li', 'clerk:wang', 'clerk:zhao'],
    ]);
    const declared = await explain(child(credit, 'ContributionDeclared').address);
    const parameter = await explain(child(declared, 'parameter:pension.employee').address);
    expect(parameter.value).toEqual({ text: '0.08', unit: 'text' });
    expect(parameter.rule).toMatchObject({ basis: expect.stringContaining('《'), confidence: expect.any(String) });
    expect(told(parameter, 'source')).toBeDefined();
  });

  it('leads from a reversal to the credit that it takes back', async () => {
    const statement = await explain(`statement:${story.anna}/2025/credited`);
    const reversal = await explain(child(statement, 'ContributionCreditReversed').address);
    expect(told(reversal, 'accountAmount')).toBe('-800.00');
    // Why it was taken back is a personal text: it stays sealed, and no explanation shows it.
    expect(JSON.stringify(reversal)).not.toMatch(/sealed\.|"reason"/);
    expect(told(await explain(child(reversal, 'ContributionCredited').address), 'accountAmount')).toBe('800.00');
  });

  it('leads from an indicator with its definition by employer to the events, and adds up', async () => {
    const due = await explain('indicator:due/pension/2025-07');
    expect(due).toMatchObject({ value: { text: '4190.40', unit: 'yuan' }, rule: { basis: expect.any(String) } });
    const employer = await explain(child(due, FIRST).address);
    expect(employer.value?.text).toBe('4190.40');
    expect(child(employer, 'DuesAssessed').value).toEqual({ text: '4190.40', unit: 'yuan' });
    const people = await explain('indicator:participants/all/2025-07');
    expect(people.value).toEqual({ text: '4', unit: 'persons' });
    expect(people.total).toBe(2);
    const balance = await explain('indicator:balance/unemployment/2025-12');
    expect(balance.value?.text).toBe('174.60');
    expect(sumOf(balance.children)).toBe('174.60');
  });

  it('gives long lists by pages, every row once', async () => {
    const whole = await explain('postings:employee-pension/B002/2025-07/ContributionCredited');
    expect(whole).toMatchObject({ total: 2, value: { text: '1396.80', unit: 'yuan' } });
    const first = await explain(whole.address, 1);
    const second = await explain(whole.address, 1, first.next);
    expect([...first.children, ...second.children]).toEqual(whole.children);
    const groups = await explain('balance:employee-pension/B002', 1);
    const rest = await explain('balance:employee-pension/B002', 50, groups.next);
    expect(groups.children.length + rest.children.length).toBe(groups.total);
  });

  it('knows only what was known at the position that an address names', async () => {
    const now = await explain('balance:employee-pension/4001');
    const month = await explain(now.children[0]?.address ?? '');
    const position = BigInt(month.children[0]?.address.split(':')[1] ?? '0');
    expect((await explain(`balance:employee-pension/4001~${position}`)).value?.text).toBe('4190.40');
    expect(await explain(`balance:employee-pension/4001~${position - 1n}`)).toMatchObject({
      ...{ value: { text: '0.00' }, total: 0 },
    });
  });

  it('of what there is not is refused in words', async () => {
    for (const figure of ['balance:pension/4001', 'indicator:due/unemployment-fund/2025-07', 'statement:x/2025', '']) {
      await expect(explain(figure)).rejects.toMatchObject({ code: 'address-malformed' });
    }
    await expect(explain('balance:unemployment/9999')).rejects.toThrow('no account 9999');
    await expect(explain('event:1')).rejects.toThrow('no event 1');
    await expect(explain(`statement:${story.anna}/2025/sum`)).rejects.toThrow('no line "sum"');
    await expect(explain('parameter:pension.employee/310000/1800-01-01')).rejects.toThrow('No value of');
  });
});

import { StoreClient } from '@provident/event-store';
import { ReadSide } from '@provident/projections';
import { type Effect, readOverlay, Simulations } from '@provident/supervision';
import { FIRST_DUES, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* Proposed parameters on a history with a payroll, money, a correction in red and a closed year. */

const HIGHER_RATE = readOverlay(`
- { parameter: pension.employee, area: '310000', from: '2025-07-01', value: '0.09', basis: { document: 征求意见稿 } }
`);
const HIGHER_FLOOR = readOverlay(`
- { parameter: base.floor, area: '310000', from: '2025-07-01', value: '9000.00', basis: { document: 征求意见稿 } }
`);

let office: TestLedger;
let story: SmallStory;

beforeAll(async () => {
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
  await story.declare(1);
  await story.pay(0, '2025-07-15', FIRST_DUES);
  await story.correct(story.anna, story.carla, '2025-08-01');
  await story.closeYear();
});
afterAll(() => office.close());

const run = (overlay: typeof HIGHER_RATE, personId?: string) =>
  office.ledger.get(Simulations).run({ overlay, personId });
const texts = (effect: Effect | undefined) => [effect?.before.toString() ?? '', effect?.after.toString() ?? ''];

describe('a simulation', () => {
  it('writes nothing: the log and every table stay as they were', async () => {
    const state = async () => {
      await office.ledger.settled();
      return { head: await office.ledger.get(StoreClient).head(), tables: await office.ledger.get(ReadSide).digest() };
    };
    const before = await state();
    await run(HIGHER_RATE, story.anna);
    expect(await state()).toEqual(before);
  });

  it('tells the effect by fund and month, who gains and who loses, and by kind of person', async () => {
    const report = await run(HIGHER_RATE);
    expect(report).toMatchObject({ people: 4, months: 4, underOtherLaw: 0 });
    // 1 % more of the bases 10000, 7460, 20000 and 37302.
    const pension = report.contributions.find(({ fund }) => fund === 'employee-pension');
    expect(texts(pension)).toEqual(['17942.88', '18690.50']);
    expect(report.payers).toMatchObject({ less: { count: 0 }, more: { count: 4 }, same: 0 });
    expect(report.payers.more.amount.toString()).toBe('747.62');
    expect(report.employers).toMatchObject({ less: { count: 0 }, more: { count: 0 }, same: 2 });
    // Only the first employer's month was paid; Anna's credit went to Carla.
    expect(report.accounts).toMatchObject({ less: { count: 0 }, more: { count: 2 }, same: 2 });
    const sexes = report.kinds.filter(({ characteristic }) => characteristic === 'sex');
    expect(sexes.reduce((sum, { people }) => sum + people, 0)).toBe(4);
    expect(
      report.kinds.filter(({ characteristic }) => characteristic === 'risk-class').map(({ kind }) => kind),
    ).toEqual([...['1', '2']]);
    expect(report.kinds.filter(({ characteristic }) => characteristic === 'wage').map(({ kind }) => kind)).toEqual([
      ...['10000 to below 20000', '20000 to below 40000', '40000 and more', '5000 to below 10000'],
    ]);
  });

  it('explains one person: base, lines, account with its interest, and the parameters that would be otherwise', async () => {
    const { person } = await run(HIGHER_RATE, story.carla);
    expect(person?.months).toMatchObject([{ month: '2025-07', changed: [{ id: 'pension.employee', value: '0.09' }] }]);
    const [before = '', after = ''] = texts(person?.account);
    // Anna's 800.00, 900.00 under the proposal, and the interest of the year on it.
    expect(before.startsWith('80')).toBe(true);
    expect(after.startsWith('90')).toBe(true);
    const floor = (await run(HIGHER_FLOOR, story.anna)).person?.months[0];
    expect([floor?.baseBefore.toString(), floor?.baseAfter.toString()]).toEqual(['10000.00', '10000.00']);
    expect((await run(HIGHER_FLOOR)).payers).toMatchObject({ more: { count: 1 }, same: 3 });
  });

  it('refuses an overlay that is none, a parameter that there is not, and a value of another unit', async () => {
    expect(() => readOverlay('- { parameter: pension.employee }')).toThrow(/\/0\/value/);
    expect(() => readOverlay('[')).toThrow();
    const [value] = HIGHER_RATE;
    if (value === undefined) throw new Error('No value was read.');
    await expect(run([{ ...value, parameter: 'pension.nobody' }])).rejects.toMatchObject({ code: 'parameter-unknown' });
    await expect(run([{ ...value, value: 'much' }])).rejects.toMatchObject({ code: 'parameter-value-invalid' });
  });
});

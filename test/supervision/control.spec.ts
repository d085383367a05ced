import { READ_DATABASE, type ReadDatabase, ReadSide } from '@provident/projections';
import { AlertDesk, AlertQueries, ControlDesk, type ControlReport, loadRules } from '@provident/supervision';
import { RULE_STATEMENTS } from '@provident/supervision/control/rules/rule-statements';
import { eventTypes } from '../../deploy/contracts/event-types.js';
import { FIRST, FIRST_DUES, SmallStory } from '../support/small-story.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

/* Continuous control over a whole ledger: what holds, what is found when rows are altered, and what becomes of alerts. */

let office: TestLedger;
let story: SmallStory;

beforeAll(async () => {
  office = await openTestLedger();
  story = new SmallStory(office);
  await story.register();
  await story.declare(0);
  await story.pay(0, '2025-07-15', FIRST_DUES);
});
afterAll(() => office.close());

const examine = async (): Promise<ControlReport> => {
  await office.ledger.settled();
  return office.ledger.get(ControlDesk).examine();
};
const open = async () => {
  await office.ledger.settled();
  return office.ledger.get(AlertQueries).alerts({ state: 'open' });
};
const found = ({ checks }: ControlReport) => checks.filter(({ findings }) => findings > 0).map(({ name }) => name);
const alter = (statement: string) =>
  office.ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false }).pool.query(statement);
const context = (...parts: string[]) => office.ledger.context('clerk:wang', '2026-01-15' as never, ...parts);

describe('continuous control', () => {
  it('finds a right ledger right, and tells of late back-dating once', async () => {
    const report = await examine();
    expect(found(report)).toEqual([]);
    expect(report.checks.length).toBeGreaterThanOrEqual(9);
    expect((await open()).map(({ check, owner, state }) => [check, owner, state])).toEqual([
      ['late-back-dating', 'supervisor', 'raised'],
    ]);
    expect((await open())[0]?.message).toContain('clerk:li entered 4 ReceiptMatched');
    expect((await examine()).raised).toBe(0);
  });

  it('says of rules whose events nothing writes that they had nothing to look at', async () => {
    const { rules } = await examine();
    const written = new Set(eventTypes().map(({ type }) => type));
    for (const { id, looksAt } of loadRules()) {
      const missing = looksAt.filter((type) => type !== '*' && !written.has(type));
      const reported = rules.find(({ rule }) => rule.id === id)?.missing;
      expect({ id, examined: RULE_STATEMENTS[id] !== undefined }).toEqual({ id, examined: missing.length === 0 });
      expect({ id, told: reported !== undefined }).toEqual({ id, told: missing.length > 0 });
    }
  });

  it('finds one person who entered and reviewed, once for each event', async () => {
    await story.correct(story.anna, story.carla, '2025-08-01', { reviewer: 'clerk:li', approver: 'clerk:zhao' });
    const alerts = (await examine()).raised;
    expect(alerts).toBe(3);
    const [first, ...others] = (await open()).filter(({ check }) => check === 'entered-and-approved-by-one');
    expect(first).toMatchObject({ severity: 'error', owner: 'supervisor', basis: '《会计法》' });
    expect(first?.message).toContain('entered by clerk:li, reviewed by clerk:li');
    expect(others).toHaveLength(1);
  });

  it('finds altered rows of the read side by every check that they concern', async () => {
    await alter(`update fund_line set credit_fen = credit_fen + 1 where line = 1 and fund = 'unemployment'`);
    expect(found(await examine())).toEqual(['voucher-balance', 'turnover-sums']);
    await alter(
      `update account_turnover set credit_fen = credit_fen + 1 where fund = 'unemployment' and account = '4001'`,
    );
    expect(found(await examine())).toEqual(['voucher-balance', 'fund-balance', 'day-balance', 'turnover-sums']);
    await alter(`update account_balance set principal_fen = principal_fen - 1 where person_id = '${story.anna}'`);
    await alter(`update pension_month set credited_fen = 1, reversals = 0 where employer = '${FIRST}'`);
    await alter(`delete from event_index where type = 'ContributionReceived'`);
    expect(found(await examine())).toEqual([
      ...['voucher-balance', 'fund-balance', 'day-balance', 'turnover-sums', 'account-movements', 'account-control'],
      ...['settled-months', 'stream-sequence', 'voucher-sequence'],
    ]);
  });

  it('opens an alert again when what was resolved is still amiss, and not when it is mended', async () => {
    const alert = (await open()).find(({ check }) => check === 'account-control');
    const desk = office.ledger.get(AlertDesk);
    const alertId = alert?.alertId ?? '';
    await desk.acknowledge(alertId, '核对中', context('take'));
    expect((await open()).find((each) => each.alertId === alertId)).toMatchObject({
      ...{ state: 'acknowledged', owner: 'clerk:wang', remark: '核对中' },
    });
    await desk.resolve(alertId, '已核对', context('done'));
    expect((await open()).some((each) => each.alertId === alertId)).toBe(false);
    await examine();
    const again = (await open()).find((each) => each.alertId === alertId);
    expect(again).toMatchObject({ state: 'raised', owner: 'fund-manager', reopened: 1 });
    await office.ledger.get(ReadSide).rebuild();
    expect(found(await examine())).toEqual([]);
    await desk.resolve(alertId, '重建', context('rebuilt'));
    expect((await examine()).raised).toBe(0);
    expect((await open()).some((each) => each.alertId === alertId)).toBe(false);
  });
});

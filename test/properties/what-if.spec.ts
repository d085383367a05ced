import type { DeclarationEvent } from '@provident/collection/events';
import { Money, Rate } from '@provident/kernel';
import { loadPolicy, type OverlayValue } from '@provident/policy';
import { simulate } from '@provident/supervision/what-if/simulate';
import fc from 'fast-check';
import { Agency } from '../support/agency.js';
import type { MemoryStore } from '../support/memory-store.js';
import { moves } from '../support/moves.js';

const seed = Math.floor(Date.now() / 86_400_000);

/** The employees' pension rate, which is 8 % in law. */
function overlay(value: string): OverlayValue[] {
  const basis = { document: '征求意见稿' };
  const where = { parameter: 'pension.employee', area: '310000', from: '2020-01-01' };
  return [{ ...where, value, basis, source: 'a proposal', confidence: 'not-rechecked' }];
}

function run(log: MemoryStore, value: string) {
  const citizenNumberOf = (personId: string) => {
    const own = log.events.filter((event) => event.stream === `insured-${personId}`);
    const registered = own.find((event) => event.type === 'PersonRegistered');
    return Promise.resolve((registered?.data as { citizenNumber?: string } | undefined)?.citizenNumber);
  };
  const sources = { log, book: loadPolicy(), area: '310000', citizenNumberOf };
  return simulate(sources, { overlay: overlay(value), mostEvents: 1_000_000 });
}

/** What everybody paid for the pension under a rate, from the closed declarations alone. */
function naiveOwnPension(log: MemoryStore, rate: string): string {
  const declared = log.events.filter((event) => event.type === 'ContributionDeclared');
  const sums = declared.flatMap(({ stream, data }) => {
    const { fileHash } = data as Extract<DeclarationEvent, { type: 'ContributionDeclared' }>['data'];
    return log.events
      .filter((event) => event.stream === stream && event.type === 'PayrollLinesDeclared')
      .map((event) => event.data as Extract<DeclarationEvent, { type: 'PayrollLinesDeclared' }>['data'])
      .filter((lines) => lines.fileHash === fileHash)
      .flatMap(({ lines }) =>
        lines.map(({ base, amounts }) => (amounts[1] === '0.00' ? Money.zero : pension(base, rate))),
      );
  });
  return Money.sum(sums).toString();
}

const pension = (base: string, rate: string): Money => Money.of(base).times(Rate.of(rate), 'fen-half-up');

describe('a simulation of any history', () => {
  it('under the law as it is changes nothing: contributions, credits, corrections and interest come out again', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (played) => {
        const { log } = (await Agency.play(played)).ledger;
        const head = log.head;
        const report = await run(log, '0.08');
        for (const { before, after } of report.contributions) expect(after.toString()).toBe(before.toString());
        for (const side of [report.payers, report.employers, report.accounts]) {
          expect([side.less.count, side.more.count]).toEqual([0, 0]);
        }
        expect(log.head).toBe(head);
      }),
      { numRuns: 40, seed },
    );
  });

  it('under another rate is what adding up the declarations at that rate gives', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.integer({ min: 0, max: 20 }), async (played, percent) => {
        const { log } = (await Agency.play(played)).ledger;
        const rate = (percent / 100).toFixed(2);
        const report = await run(log, rate);
        const difference = Money.of(naiveOwnPension(log, rate)).minus(Money.of(naiveOwnPension(log, '0.08')));
        const { less, more } = report.payers;
        expect(less.amount.plus(more.amount).toString()).toBe(difference.toString());
        const pensionFund = report.contributions.filter(({ fund }) => fund === 'employee-pension');
        expect(Money.sum(pensionFund.map(({ before, after }) => after.minus(before))).toString()).toBe(
          difference.toString(),
        );
        expect(report.employers.less.count + report.employers.more.count).toBe(0);
      }),
      { numRuns: 25, seed },
    );
  });
});

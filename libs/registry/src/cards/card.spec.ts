import { businessDate, deterministicId, DomainError } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { activeCard, card, type CardCommand, type CardState } from './card.js';
import type { CardEvent } from './events.js';

const personId = deterministicId('somebody');
const FIRST = deterministicId('first card');
const SECOND = deterministicId('second card');
const day = businessDate;
const of = { personId, cardId: FIRST };
const request = { type: 'RequestCard' as const, ...of, requestedOn: day('2025-01-02') };
const issue = { type: 'IssueCard' as const, ...of, cardNumber: 'A1', issuedOn: day('2025-01-10') };
const deliver = {
  type: 'DeliverCard' as const,
  ...{ ...of, receivedBy: '张三', signatureHash: 'b'.repeat(64), deliveredOn: day('2025-01-15') },
};
const lose = { type: 'ReportCardLost' as const, ...of, reportedOn: day('2025-03-01') };
const replace = {
  type: 'ReplaceCard' as const,
  ...{ ...of, newCardId: SECOND, reason: 'lost' as const, replacedOn: day('2025-03-02') },
};

function history(...commands: CardCommand[]): CardEvent[] {
  const events: CardEvent[] = [];
  for (const command of commands) events.push(...given(card, ...events).when(command).events);
  return events;
}
const stateOf = (events: readonly CardEvent[]): CardState =>
  events.reduce((state, event) => card.evolve(state, event), card.initial);

describe('a card', () => {
  it('is requested, issued, delivered and signed for, in this order', () => {
    given(card).when(issue).thenRefused('card-unknown');
    given(card, ...history(request))
      .when(request)
      .thenNothing();
    given(card, ...history(request))
      .when(deliver)
      .thenRefused('card-out-of-order');
    given(card, ...history(request, issue))
      .when(issue)
      .thenNothing();
    expect(activeCard(stateOf(history(request, issue)))).toBeUndefined();
    expect(activeCard(stateOf(history(request, issue, deliver)))?.cardId).toBe(FIRST);
    given(card, ...history(request, issue))
      .when({ ...deliver, deliveredOn: day('2025-01-09') })
      .thenRefused('card-out-of-order');
  });

  it('is asked for once; another one comes only in its place', () => {
    given(card, ...history(request, issue, deliver))
      .when({ ...request, cardId: SECOND })
      .thenRefused('card-already-requested');
    given(card, ...history(request, issue, deliver, lose))
      .when({ ...request, cardId: SECOND })
      .thenRefused('card-already-requested');
  });

  it('that is lost is active no more, and is replaced as lost', () => {
    const lost = history(request, issue, deliver, lose);
    expect(activeCard(stateOf(lost))).toBeUndefined();
    given(card, ...lost)
      .when(lose)
      .thenNothing();
    given(card, ...lost)
      .when({ ...replace, reason: 'damaged' })
      .thenRefused('card-reason-differs');
    given(card, ...history(request, issue, deliver))
      .when(replace)
      .thenRefused('card-reason-differs');
    given(card, ...lost)
      .when(replace)
      .thenTypes('CardReplaced');
    given(card, ...lost, ...given(card, ...lost).when(replace).events)
      .when({ ...replace, newCardId: deliveredId })
      .thenRefused('card-already-replaced');
  });
});

const deliveredId = deterministicId('third card');

it('nobody ever has two cards that are on their way or active', () => {
  const step = fc.record({
    do: fc.nat({ max: 4 }),
    card: fc.nat({ max: 6 }),
    reason: fc.boolean(),
    on: fc.nat({ max: 27 }),
  });
  const seen = { active: 0, replaced: 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      let state = card.initial;
      for (const [place, each] of steps.entries()) {
        const cardId = state.cards.at(-1 - (each.card > 4 ? 1 : 0))?.cardId ?? FIRST;
        const on = day(`2025-01-${String(Math.max(1, Math.min(28, place))).padStart(2, '0')}`);
        const next = deterministicId('card', String(place));
        const commands: CardCommand[] = [
          { ...request, cardId: next, requestedOn: on },
          { ...issue, cardId, issuedOn: on },
          { ...deliver, cardId, deliveredOn: on },
          { ...lose, cardId, reportedOn: on },
          { ...replace, cardId, newCardId: next, reason: each.reason ? 'lost' : 'damaged', replacedOn: on },
        ];
        try {
          state = card.decide(commands[each.do] as CardCommand, state).reduce(card.evolve, state);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
        const alive = state.cards.filter(({ status }) => ['requested', 'issued', 'active'].includes(status));
        if (alive.length > 1) throw new Error(`${alive.length} cards at once.`);
        seen.active += alive[0]?.status === 'active' ? 1 : 0;
      }
      seen.replaced = Math.max(seen.replaced, state.cards.length);
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(seen.active).toBeGreaterThan(50);
  expect(seen.replaced).toBeGreaterThan(2);
});

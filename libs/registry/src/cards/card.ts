import { type BusinessDate, type Decider, deterministicId, DomainError } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type CardEvent, cardEventSchemas, type CardReplacementReason } from './events.js';

export interface Card {
  readonly cardId: string;
  readonly status: 'requested' | 'issued' | 'active' | 'lost' | 'replaced';
  readonly since: BusinessDate;
}

/** All cards of a person (社会保障卡), the newest last; only that one can be on its way or active. Stream `card-<person id>`. */
export interface CardState {
  readonly cards: readonly Card[];
}

export type CardCommand =
  | { type: 'RequestCard'; personId: string; cardId: string; requestedOn: BusinessDate }
  | { type: 'IssueCard'; personId: string; cardId: string; cardNumber: string; issuedOn: BusinessDate }
  | {
      type: 'DeliverCard';
      personId: string;
      cardId: string;
      receivedBy: string;
      signatureHash: string;
      deliveredOn: BusinessDate;
    }
  | { type: 'ReportCardLost'; personId: string; cardId: string; reportedOn: BusinessDate }
  | {
      type: 'ReplaceCard';
      personId: string;
      cardId: string;
      newCardId: string;
      reason: CardReplacementReason;
      replacedOn: BusinessDate;
    };

export const cardIdOf = (commandId: string): string => deterministicId('card', commandId);

const decider: Decider<CardState, CardCommand, CardEvent> = {
  initial: { cards: [] },

  evolve({ cards }, { type, data }) {
    switch (type) {
      case 'CardRequested':
        return { cards: [...cards, { cardId: data.cardId, status: 'requested', since: data.requestedOn }] };
      case 'CardIssued':
        return { cards: changed(cards, data.cardId, 'issued', data.issuedOn) };
      case 'CardDelivered':
        return { cards: changed(cards, data.cardId, 'active', data.deliveredOn) };
      case 'CardReportedLost':
        return { cards: changed(cards, data.cardId, 'lost', data.reportedOn) };
      case 'CardReplaced': {
        const ended = changed(cards, data.replaces, 'replaced', data.replacedOn);
        return { cards: [...ended, { cardId: data.cardId, status: 'requested', since: data.replacedOn }] };
      }
    }
  },

  decide(command, state) {
    if (command.type === 'RequestCard') return requestCard(command, state);
    const card = cardOf(state, command.cardId);
    const { personId, cardId } = command;
    switch (command.type) {
      case 'IssueCard': {
        if (isOn(card, 'issued', command.issuedOn)) return [];
        checkStatus(card, ['requested'], command.issuedOn);
        const { cardNumber, issuedOn } = command;
        return [{ type: 'CardIssued', data: { cardId, personId, cardNumber, issuedOn } }];
      }
      case 'DeliverCard': {
        if (isOn(card, 'active', command.deliveredOn)) return [];
        checkStatus(card, ['issued'], command.deliveredOn);
        const { receivedBy, signatureHash, deliveredOn } = command;
        return [{ type: 'CardDelivered', data: { cardId, personId, receivedBy, signatureHash, deliveredOn } }];
      }
      case 'ReportCardLost': {
        if (card.status === 'lost') return [];
        checkStatus(card, ['issued', 'active'], command.reportedOn);
        return [{ type: 'CardReportedLost', data: { cardId, personId, reportedOn: command.reportedOn } }];
      }
      case 'ReplaceCard':
        return replaceCard(command, card);
    }
  },
};

export const card: Aggregate<CardState, CardCommand, CardEvent> = {
  ...decider,
  category: 'card',
  schemas: cardEventSchemas,
};

/** The one active card; undefined when there is none. */
export function activeCard({ cards }: CardState): Card | undefined {
  return cards.find((each) => each.status === 'active');
}

function requestCard(
  { personId, cardId, requestedOn }: Extract<CardCommand, { type: 'RequestCard' }>,
  { cards }: CardState,
): readonly CardEvent[] {
  const latest = cards.at(-1);
  if (latest?.cardId === cardId) return [];
  if (latest !== undefined) {
    throw refused(
      'card-already-requested',
      `The person has a card, which is ${latest.status}.`,
      'Replace it, if it is lost, damaged, expired or out of date.',
    );
  }
  return [{ type: 'CardRequested', data: { cardId, personId, requestedOn } }];
}

function replaceCard(
  { personId, cardId, newCardId, reason, replacedOn }: Extract<CardCommand, { type: 'ReplaceCard' }>,
  old: Card,
): readonly CardEvent[] {
  if (old.status === 'replaced')
    throw refused('card-already-replaced', 'This card was replaced.', 'Name the new card.');
  checkStatus(old, ['issued', 'active', 'lost'], replacedOn);
  if ((reason === 'lost') !== (old.status === 'lost')) {
    throw refused(
      'card-reason-differs',
      `The card is ${old.status}; it cannot be replaced as ${reason}.`,
      reason === 'lost' ? 'Report the loss first.' : 'A card reported lost is replaced as lost.',
    );
  }
  return [{ type: 'CardReplaced', data: { cardId: newCardId, replaces: cardId, personId, reason, replacedOn } }];
}

function cardOf({ cards }: CardState, cardId: string): Card {
  const found = cards.find((each) => each.cardId === cardId);
  if (found !== undefined) return found;
  throw refused('card-unknown', 'The person has no such card.', 'Request one first.');
}

function isOn(card: Card, status: Card['status'], day: BusinessDate): boolean {
  return card.status === status && card.since === day;
}

function checkStatus(card: Card, wanted: readonly Card['status'][], day: BusinessDate): void {
  if (!wanted.includes(card.status)) {
    throw refused(
      'card-out-of-order',
      `The card is ${card.status}; this is for a card that is ${wanted.join(' or ')}.`,
      'A card is requested, issued, then delivered and signed for; what is delivered can be lost and replaced.',
    );
  }
  if (day >= card.since) return;
  throw refused('card-out-of-order', `The card is ${card.status} since ${card.since}.`, 'Give a day from then on.');
}

function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(code, message, 'One active card per person (社会保障卡).', remedy);
}

function changed(cards: readonly Card[], cardId: string, status: Card['status'], since: BusinessDate): readonly Card[] {
  return cards.map((each) => (each.cardId === cardId ? { ...each, status, since } : each));
}

import { type BusinessDate, DomainError } from '@provident/kernel';
import { LIMITS } from '../limits.js';
import type { AdministratorsCommand, AdministratorsState, Handover, HandoverItem } from './administrators.js';
import { type AdministratorsEvent, HANDOVER_KINDS } from './events.js';
import { filingOf } from './filing.js';

type CommandOf<Type extends AdministratorsCommand['type']> = Extract<AdministratorsCommand, { type: Type }>;

const RULE =
  '专管员制度: certificates, insurance certificates, materials, payment accounts and manuals are handed over item by item.';

/** Draws up the list. The outgoing administrator is the one who acts now, or acted last. */
export function startHandover(
  { employer, handoverId, incoming, items, startedOn }: CommandOf<'StartHandover'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  if (state.handovers.some((each) => each.handoverId === handoverId)) return [];
  const acting = state.access.at(-1);
  const outgoing = acting?.filingId;
  const successor = filingOf(state, incoming);
  if (acting === undefined || outgoing === undefined) {
    throw refused('handover-from-nobody', 'No administrator of this employer has acted yet.', 'Verify the first one.');
  }
  if (startedOn < acting.from) throw outOfOrder(`The outgoing administrator acts from ${acting.from} on.`);
  if (outgoing === incoming) {
    throw refused('handover-to-oneself', 'This administrator is the one who acts.', 'Name the successor.');
  }
  if (successor.verifiedOn === undefined) {
    throw refused('administrator-unverified', 'The successor is not verified yet.', 'Verify the filing first.');
  }
  if (state.handovers.at(-1)?.status === 'open') {
    throw refused('handover-under-way-already', 'A handover is under way already.', 'Complete or withdraw it first.');
  }
  if (items.length > LIMITS.itemsPerHandover) {
    throw refused(
      'handover-too-long',
      `The list has ${items.length} items; ${LIMITS.itemsPerHandover} fit.`,
      'Gather papers of one kind in one item with their count.',
    );
  }
  const missing = HANDOVER_KINDS.filter((kind) => !items.some((item) => item.kind === kind));
  if (missing.length > 0) {
    throw refused(
      'handover-kind-missing',
      `The list says nothing of ${missing.join(', ')}.`,
      'Add each, with the count 0 where there is none.',
    );
  }
  const listed = items.map(({ kind, description, count }) => ({ kind, description, count }));
  return [{ type: 'HandoverStarted', data: { employer, handoverId, outgoing, incoming, items: listed, startedOn } }];
}

export function confirmItem(
  { employer, handoverId, item, found, confirmedOn, actor }: CommandOf<'ConfirmItem'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const handover = unsigned(state, handoverId);
  checkIncoming(state, handover, actor);
  const { settled, count } = itemOf(handover, item);
  if (found !== count) {
    throw refused(
      'handover-count-differs',
      `The list says ${count}, and ${found} were found.`,
      'Set the item down as an exception, with the reason.',
    );
  }
  if (settled === 'confirmed') return [];
  return [{ type: 'HandoverItemConfirmed', data: { employer, handoverId, item, confirmedOn } }];
}

export function exceptItem(
  { employer, handoverId, item, found, reason, exceptedOn, actor }: CommandOf<'ExceptItem'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const handover = unsigned(state, handoverId);
  checkIncoming(state, handover, actor);
  if (itemOf(handover, item).settled === 'excepted') return [];
  return [{ type: 'HandoverItemExcepted', data: { employer, handoverId, item, found, reason, exceptedOn } }];
}

/** The second signature completes the handover, and access moves with it: at no other time. */
export function signHandover(
  command: CommandOf<'SignHandover'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const { employer, handoverId, side, signatureHash, inPlaceBecause, signedOn, actor } = command;
  const handover = handoverOf(state, handoverId);
  if (handover.signed.includes(side)) return [];
  checkOpen(handover);
  const unsettled = handover.items.flatMap((item, place) => (item.settled === undefined ? [place + 1] : []));
  if (unsettled.length > 0) {
    throw refused(
      'handover-unsettled',
      `Of the list, ${unsettled.join(', ')} are neither confirmed nor excepted.`,
      'Settle every item, then sign.',
    );
  }
  if (signedOn < handover.startedOn) throw outOfOrder(`The handover began on ${handover.startedOn}.`);
  checkSigner(state, handover, command);
  const signed: AdministratorsEvent = {
    type: 'HandoverSigned',
    data: {
      ...{ employer, handoverId, side, account: actor, signatureHash },
      ...(inPlaceBecause === undefined ? {} : { inPlaceBecause }),
      signedOn,
    },
  };
  if (handover.signed.length === 0) return [signed];
  const { outgoing, incoming } = handover;
  const confirmed = handover.items.filter((item) => item.settled === 'confirmed').length;
  const excepted = handover.items.length - confirmed;
  const from = later(signedOn, filingOf(state, incoming).from);
  return [
    signed,
    { type: 'HandoverCompleted', data: { employer, handoverId, confirmed, excepted, completedOn: signedOn } },
    { type: 'AccessTransferred', data: { employer, handoverId, outgoing, incoming, from } },
  ];
}

export function withdrawHandover(
  { employer, handoverId, reason, withdrawnOn }: CommandOf<'WithdrawHandover'>,
  state: AdministratorsState,
): readonly AdministratorsEvent[] {
  const handover = handoverOf(state, handoverId);
  if (handover.status === 'withdrawn') return [];
  checkOpen(handover);
  return [{ type: 'HandoverWithdrawn', data: { employer, handoverId, reason, withdrawnOn } }];
}

/** Throws `handover-unknown`. */
export function handoverOf(state: AdministratorsState, handoverId: string): Handover {
  const handover = state.handovers.find((each) => each.handoverId === handoverId);
  if (handover !== undefined) return handover;
  throw refused('handover-unknown', 'The employer has no such handover.', 'Start one.');
}

function checkOpen(handover: Handover): void {
  if (handover.status === 'open') return;
  throw refused('handover-over', `The handover is ${handover.status}.`, 'Start another one.');
}

/** What has been signed is not changed under the signature. */
function unsigned(state: AdministratorsState, handoverId: string): Handover {
  const handover = handoverOf(state, handoverId);
  checkOpen(handover);
  if (handover.signed.length === 0) return handover;
  throw refused('handover-signed', 'The list is signed by one side.', 'Withdraw the handover to change the list.');
}

function itemOf(handover: Handover, item: number): HandoverItem {
  const found = handover.items[item - 1];
  if (found !== undefined) return found;
  throw refused('handover-item-unknown', `The list has ${handover.items.length} items.`, 'Give a number of the list.');
}

function checkIncoming(state: AdministratorsState, handover: Handover, actor: string): void {
  if (filingOf(state, handover.incoming).account === actor) return;
  throw refused('handover-not-yours', 'Only who takes over says what was found.', 'Let the successor do it.');
}

function checkSigner(
  state: AdministratorsState,
  handover: Handover,
  { side, inPlaceBecause, actor }: CommandOf<'SignHandover'>,
): void {
  const accounts = {
    outgoing: filingOf(state, handover.outgoing).account,
    incoming: filingOf(state, handover.incoming).account,
  };
  if (inPlaceBecause === undefined) {
    if (actor === accounts[side]) return;
    throw refused('signature-not-own', `The ${side} administrator signs in person.`, 'Sign with the own account.');
  }
  if (side === 'outgoing' && actor !== accounts.outgoing && actor !== accounts.incoming) return;
  throw refused(
    'signature-not-in-place',
    'Only somebody of neither side may sign in the place of an outgoing administrator who cannot.',
    'Let the employer’s person in charge sign, with the reason.',
  );
}

function outOfOrder(message: string): DomainError {
  return refused('handover-out-of-order', message, 'Give the day on which it was done.');
}

function refused(code: string, message: string, remedy: string): DomainError {
  return new DomainError(code, message, RULE, remedy);
}

function later(a: BusinessDate, b: BusinessDate): BusinessDate {
  return a < b ? b : a;
}

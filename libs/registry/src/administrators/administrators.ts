import { addDays, type BusinessDate, type Decider, deterministicId } from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type AdministratorsEvent, administratorsEventSchemas, type Authority, type HandoverKind } from './events.js';
import { changeAdministrator, fileAdministrator, verifyAdministrator } from './filing.js';
import { confirmItem, exceptItem, signHandover, startHandover, withdrawHandover } from './handover.js';

/** Somebody whom the employer filed as its administrator (专管员). */
export interface Filing {
  readonly filingId: string;
  readonly administratorId: string;
  readonly name: string;
  readonly account: string;
  readonly from: BusinessDate;
  /** Last day of the term; open while undefined. */
  readonly until: BusinessDate | undefined;
  readonly authority: readonly Authority[];
  readonly filedBy: string;
  readonly verifiedOn: BusinessDate | undefined;
  /** A successor was filed while this one could act: it acts on until the handover to a successor is completed. */
  readonly holdsOver: boolean;
}

/** Days on which a filed administrator may act. */
export interface AccessPeriod {
  readonly filingId: string;
  readonly from: BusinessDate;
  /** Fixed by a transfer; while undefined the term's end counts, unless the administrator holds over. */
  readonly until: BusinessDate | undefined;
}

export interface HandoverItem {
  readonly kind: HandoverKind;
  readonly description: string;
  readonly count: number;
  readonly settled: 'confirmed' | 'excepted' | undefined;
}

export interface Handover {
  readonly handoverId: string;
  readonly outgoing: string;
  readonly incoming: string;
  readonly items: readonly HandoverItem[];
  readonly signed: readonly ('outgoing' | 'incoming')[];
  readonly status: 'open' | 'completed' | 'withdrawn';
  readonly startedOn: BusinessDate;
  /** It began while the outgoing administrator could act, who therefore acts on until it is completed. */
  readonly holdsOver: boolean;
}

/** All of an employer's administrators and the handovers between them. Stream `administrators-<credit code>`. */
export interface AdministratorsState {
  /** Their terms never overlap. */
  readonly filings: readonly Filing[];
  /** One after the other: who may act never overlaps either. */
  readonly access: readonly AccessPeriod[];
  /** The latest last; only that one can be open. */
  readonly handovers: readonly Handover[];
}

interface Item {
  readonly employer: string;
  readonly handoverId: string;
  /** Place in the list, from 1. */
  readonly item: number;
  readonly found: number;
  readonly actor: string;
}

export type AdministratorsCommand =
  | {
      type: 'FileAdministrator';
      employer: string;
      filingId: string;
      administratorId: string;
      name: string;
      citizenNumber: string;
      phone: string;
      account: string;
      from: BusinessDate;
      until?: BusinessDate;
      authority: readonly Authority[];
      letterHash: string;
      replaces?: string;
      filedOn: BusinessDate;
      actor: string;
    }
  | { type: 'VerifyAdministrator'; employer: string; filingId: string; verifiedOn: BusinessDate; actor: string }
  | {
      type: 'ChangeAdministrator';
      employer: string;
      filingId: string;
      phone?: string;
      authority?: readonly Authority[];
      until?: BusinessDate;
      changedOn: BusinessDate;
      reason: string;
    }
  | {
      type: 'StartHandover';
      employer: string;
      handoverId: string;
      incoming: string;
      items: readonly Omit<HandoverItem, 'settled'>[];
      startedOn: BusinessDate;
    }
  | ({ type: 'ConfirmItem'; confirmedOn: BusinessDate } & Item)
  | ({ type: 'ExceptItem'; reason: string; exceptedOn: BusinessDate } & Item)
  | {
      type: 'SignHandover';
      employer: string;
      handoverId: string;
      side: 'outgoing' | 'incoming';
      signatureHash: string;
      inPlaceBecause?: string;
      signedOn: BusinessDate;
      actor: string;
    }
  | { type: 'WithdrawHandover'; employer: string; handoverId: string; reason: string; withdrawnOn: BusinessDate };

/** The same command always files, or starts, the same. */
export const filingIdOf = (commandId: string): string => deterministicId('filing', commandId);
export const handoverIdOf = (commandId: string): string => deterministicId('handover', commandId);

const decider: Decider<AdministratorsState, AdministratorsCommand, AdministratorsEvent> = {
  initial: { filings: [], access: [], handovers: [] },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'FileAdministrator':
        return fileAdministrator(command, state);
      case 'VerifyAdministrator':
        return verifyAdministrator(command, state);
      case 'ChangeAdministrator':
        return changeAdministrator(command, state);
      case 'StartHandover':
        return startHandover(command, state);
      case 'ConfirmItem':
        return confirmItem(command, state);
      case 'ExceptItem':
        return exceptItem(command, state);
      case 'SignHandover':
        return signHandover(command, state);
      case 'WithdrawHandover':
        return withdrawHandover(command, state);
    }
  },
};

export const administrators: Aggregate<AdministratorsState, AdministratorsCommand, AdministratorsEvent> = {
  ...decider,
  category: 'administrators',
  schemas: administratorsEventSchemas,
};

function evolve(state: AdministratorsState, { type, data }: AdministratorsEvent): AdministratorsState {
  switch (type) {
    case 'AdministratorFiled':
      return filed(state, data);
    case 'AdministratorVerified':
      return verified(changeFiling(state, data.filingId, { verifiedOn: data.verifiedOn }), data);
    case 'AdministratorChanged': {
      const { authority, until } = data;
      const changes = { ...(authority === undefined ? {} : { authority }), ...(until === undefined ? {} : { until }) };
      return changeFiling(state, data.filingId, changes);
    }
    case 'HandoverStarted': {
      const { handoverId, outgoing, incoming, startedOn } = data;
      const items = data.items.map((each) => ({ ...each, settled: undefined }));
      const holdsOver = canAct(state, outgoing, startedOn);
      const handover = { handoverId, outgoing, incoming, items, signed: [], status: 'open' as const };
      return { ...state, handovers: [...state.handovers, { ...handover, startedOn, holdsOver }] };
    }
    case 'HandoverItemConfirmed':
      return changeHandover(state, (open) => ({ ...open, items: settled(open.items, data.item, 'confirmed') }));
    case 'HandoverItemExcepted':
      return changeHandover(state, (open) => ({ ...open, items: settled(open.items, data.item, 'excepted') }));
    case 'HandoverSigned':
      return changeHandover(state, (open) => ({ ...open, signed: [...open.signed, data.side] }));
    case 'HandoverCompleted':
      // The outgoing administrator acts on until the day of the transfer, which follows.
      return changeHandover(state, (open) => ({ ...open, status: 'completed' }));
    case 'AccessTransferred': {
      const before = state.access.map((each, place) =>
        place === state.access.length - 1 ? { ...each, until: endedBy(state, each, addDays(data.from, -1)) } : each,
      );
      return { ...state, access: [...before, { filingId: data.incoming, from: data.from, until: undefined }] };
    }
    case 'HandoverWithdrawn':
      return changeHandover(state, (open) => ({ ...open, status: 'withdrawn' }));
  }
}

/** The last day on which the one who acts, or acted last, may act; undefined while nothing ends it. */
export function accessEnd(state: AdministratorsState, { filingId, until }: AccessPeriod): BusinessDate | undefined {
  if (until !== undefined) return until;
  const filing = state.filings.find((each) => each.filingId === filingId);
  const latest = state.handovers.at(-1);
  const handsOver = latest?.status === 'open' && latest.outgoing === filingId && latest.holdsOver;
  return handsOver || filing?.holdsOver === true ? undefined : filing?.until;
}

type Filed = Extract<AdministratorsEvent, { type: 'AdministratorFiled' }>['data'];
type Verified = Extract<AdministratorsEvent, { type: 'AdministratorVerified' }>['data'];

function filed(state: AdministratorsState, data: Filed): AdministratorsState {
  const { filingId, administratorId, name, account, from, until, authority, replaces, filedOn, filedBy } = data;
  const person = { administratorId, name, account, authority };
  const filing = { filingId, ...person, from, until, filedBy, verifiedOn: undefined, holdsOver: false };
  if (replaces === undefined) return { ...state, filings: [...state.filings, filing] };
  const holdsOver = canAct(state, replaces, filedOn);
  const ended = changeFiling(state, replaces, { until: addDays(from, -1), holdsOver });
  return { ...ended, filings: [...ended.filings, filing] };
}

/** The first administrator takes over from nobody. Every later one waits for a handover. */
function verified(state: AdministratorsState, { filingId, verifiedOn }: Verified): AdministratorsState {
  const filing = state.filings.find((each) => each.filingId === filingId);
  if (filing === undefined || state.access.length > 0) return state;
  return { ...state, access: [{ filingId, from: later(filing.from, verifiedOn), until: undefined }] };
}

/** Whether it is this one's turn and nothing has ended it by that day. */
function canAct(state: AdministratorsState, filingId: string, on: BusinessDate): boolean {
  const last = state.access.at(-1);
  if (last?.filingId !== filingId) return false;
  const end = accessEnd(state, last);
  return end === undefined || on <= end;
}

/** Access that had ended by itself before a transfer does not come back by it. */
function endedBy(state: AdministratorsState, period: AccessPeriod, day: BusinessDate): BusinessDate {
  const filing = state.filings.find((each) => each.filingId === period.filingId);
  const latest = state.handovers.at(-1);
  const heldOver = filing?.holdsOver === true || latest?.holdsOver === true;
  const end = heldOver ? undefined : filing?.until;
  return end !== undefined && end < day ? end : day;
}

function changeFiling(state: AdministratorsState, filingId: string, changes: Partial<Filing>): AdministratorsState {
  return {
    ...state,
    filings: state.filings.map((each) => (each.filingId === filingId ? { ...each, ...changes } : each)),
  };
}

function changeHandover(state: AdministratorsState, change: (latest: Handover) => Handover): AdministratorsState {
  const latest = state.handovers.at(-1);
  if (latest === undefined) return state;
  return { ...state, handovers: [...state.handovers.slice(0, -1), change(latest)] };
}

function settled(items: readonly HandoverItem[], item: number, how: 'confirmed' | 'excepted'): readonly HandoverItem[] {
  return items.map((each, place) => (place === item - 1 ? { ...each, settled: how } : each));
}

function later(a: BusinessDate, b: BusinessDate): BusinessDate {
  return a < b ? b : a;
}

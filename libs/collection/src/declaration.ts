import {
  type Decider,
  DomainError,
  invariant,
  Money,
  type Month,
  type ParameterReference,
  type Payer,
  type Rate,
  type Scheme,
} from '@provident/kernel';
import type { Aggregate } from '@provident/event-store';
import { type DeclarationEvent, declarationEventSchemas } from './events.js';

/** One person's line, computed: amounts in the order of the declaration's rates. */
export interface DeclaredLine {
  readonly personId: string;
  readonly wage: Money;
  readonly base: Money;
  readonly amounts: readonly Money[];
  readonly joins: readonly Scheme[] | undefined;
}

export interface DeclarationState {
  /** The file whose lines are being taken, and how many of them are in. */
  readonly fileHash: string | undefined;
  readonly lines: number;
  readonly joiners: number;
  readonly leavers: number;
  readonly totalBase: Money;
  readonly totals: readonly Money[];
  readonly declared: { readonly fileHash: string; readonly declarationId: string } | undefined;
}

export type DeclarationCommand =
  | {
      type: 'DeclareLines';
      employer: string;
      month: Month;
      fileHash: string;
      firstLine: number;
      lines: readonly DeclaredLine[];
    }
  | {
      type: 'DeclareLeavers';
      employer: string;
      month: Month;
      fileHash: string;
      first: number;
      people: readonly string[];
    }
  | {
      type: 'Declare';
      declarationId: string;
      employer: string;
      month: Month;
      fileHash: string;
      rates: readonly { scheme: Scheme; payer: Payer; rate: Rate }[];
      floor: Money;
      ceiling: Money;
      parameters: readonly ParameterReference[];
    };

const decider: Decider<DeclarationState, DeclarationCommand, DeclarationEvent> = {
  initial: {
    fileHash: undefined,
    lines: 0,
    joiners: 0,
    leavers: 0,
    totalBase: Money.zero,
    totals: [],
    declared: undefined,
  },

  evolve(state, { type, data }) {
    switch (type) {
      case 'PayrollLinesDeclared': {
        const before = ofFile(state, data.fileHash);
        const totals = before.totals.map((each) => each.fen);
        let totalBase = before.totalBase.fen;
        let joiners = before.joiners;
        for (const line of data.lines) {
          totalBase += Money.of(line.base).fen;
          if (line.joins !== undefined) joiners += 1;
          line.amounts.forEach((amount, place) => {
            totals[place] = (totals[place] ?? 0n) + Money.of(amount).fen;
          });
        }
        return {
          ...before,
          lines: before.lines + data.lines.length,
          joiners,
          totalBase: Money.fromFen(totalBase),
          totals: totals.map((fen) => Money.fromFen(fen)),
        };
      }
      case 'LeaversDeclared': {
        const before = ofFile(state, data.fileHash);
        return { ...before, leavers: before.leavers + data.people.length };
      }
      case 'ContributionDeclared':
        return { ...state, declared: { fileHash: data.fileHash, declarationId: data.declarationId } };
    }
  },

  decide(command, state) {
    if (state.declared !== undefined) {
      if (state.declared.fileHash === command.fileHash) return [];
      throw new DomainError(
        'declaration-already-filed',
        `A declaration of ${command.employer} for ${command.month} is filed already, from another file.`,
        '社会保险法 第60条: an employer declares each month once; a filed declaration is corrected, not replaced.',
        'File a correction of the declared lines instead.',
        { employer: command.employer, month: command.month },
      );
    }
    switch (command.type) {
      case 'DeclareLines':
        return declareLines(command, state);
      case 'DeclareLeavers': {
        const { employer, month, fileHash, first, people } = command;
        if (first + people.length <= ofFile(state, fileHash).leavers) return [];
        return [{ type: 'LeaversDeclared', data: { employer, month, fileHash, people: [...people] } }];
      }
      case 'Declare':
        return declare(command, state);
    }
  },
};

/** What was taken of this file so far. When an interrupted file was given up for another one, only the new one counts. */
function ofFile(state: DeclarationState, fileHash: string): DeclarationState {
  return state.fileHash === fileHash ? state : { ...decider.initial, fileHash };
}

export const declaration: Aggregate<DeclarationState, DeclarationCommand, DeclarationEvent> = {
  ...decider,
  category: 'declaration',
  schemas: declarationEventSchemas,
};

export function declarationStreamId(employer: string, month: Month): string {
  return `${employer}-${month}`;
}

function declareLines(
  command: Extract<DeclarationCommand, { type: 'DeclareLines' }>,
  state: DeclarationState,
): readonly DeclarationEvent[] {
  const taken = state.fileHash === command.fileHash ? state.lines : 0;
  if (command.firstLine + command.lines.length <= taken) return [];
  invariant(command.firstLine === taken, `Lines from ${command.firstLine} do not follow the ${taken} taken so far.`);
  const { employer, month, fileHash, firstLine } = command;
  const lines = command.lines.map((line) => ({
    personId: line.personId,
    wage: line.wage.toString(),
    base: line.base.toString(),
    amounts: line.amounts.map(String),
    ...(line.joins === undefined ? {} : { joins: [...line.joins] }),
  }));
  return [{ type: 'PayrollLinesDeclared', data: { employer, month, fileHash, firstLine, lines } }];
}

function declare(
  command: Extract<DeclarationCommand, { type: 'Declare' }>,
  state: DeclarationState,
): readonly DeclarationEvent[] {
  invariant(state.fileHash === command.fileHash && state.lines > 0, 'A declaration closes over its own lines.');
  invariant(state.totals.length === command.rates.length, 'Every rate has its total.');
  const { declarationId, employer, month, fileHash } = command;
  const due = command.rates.map(({ scheme, payer }, place) => ({
    scheme,
    payer,
    amount: String(state.totals[place]),
  }));
  return [
    {
      type: 'ContributionDeclared',
      data: {
        declarationId,
        employer,
        month,
        fileHash,
        headcount: state.lines,
        joiners: state.joiners,
        leavers: state.leavers,
        rates: command.rates.map(({ scheme, payer, rate }) => ({ scheme, payer, rate: rate.toString() })),
        floor: command.floor.toString(),
        ceiling: command.ceiling.toString(),
        totalBase: state.totalBase.toString(),
        due,
        parameters: [...command.parameters],
      },
    },
  ];
}

import { type EventStore, type Reaction } from '@provident/event-store';
import {
  type BusinessDate,
  causedBy,
  type CommandContext,
  deterministicId,
  Money,
  type RecordedEvent,
} from '@provident/kernel';
import type { PolicyInForce } from '@provident/policy';
import type { EmployerEvent } from '@provident/registry/events';
import { dueDate } from './due-date.js';
import { dues } from './dues.js';
import type { DeclarationEvent, ReceiptEvent } from './events.js';
import { lateFeeRule } from './late-fees/late-fee-rule.js';

/** From declarations and bank lines to what employers owe and have paid. */
export function collectionReactions(store: EventStore, policy: PolicyInForce): Reaction[] {
  return [
    {
      on: 'ContributionDeclared',
      async react(event) {
        const { data } = event as RecordedEvent<Extract<DeclarationEvent, { type: 'ContributionDeclared' }>>;
        const due = data.due.map(({ scheme, payer, amount }) => ({ scheme, payer, due: Money.of(amount) }));
        const { declarationId, employer, month, headcount } = data;
        const assessedOn = event.metadata.effectiveDate;
        const payBy = dueDate(policy.book, event.metadata.area, month);
        const lateFees = lateFeeRule(policy.book, event.metadata.area);
        await store.execute(
          dues,
          employer,
          { type: 'AssessDues', declarationId, employer, month, dueDate: payBy, headcount, due, assessedOn, lateFees },
          contextOf(event, assessedOn),
        );
      },
    },
    {
      on: 'ReceiptMatched',
      async react(event) {
        const { data } = event as RecordedEvent<Extract<ReceiptEvent, { type: 'ReceiptMatched' }>>;
        await store.execute(
          dues,
          data.employer,
          {
            type: data.pays === 'late-fee' ? 'ReceiveLateFee' : 'ReceiveContribution',
            ...data,
            amount: Money.of(data.amount),
          },
          contextOf(event, data.valueDate),
        );
      },
    },
    {
      on: 'ReceiptIdentified',
      async react(event) {
        const { data } = event as RecordedEvent<Extract<ReceiptEvent, { type: 'ReceiptIdentified' }>>;
        await store.execute(
          dues,
          data.employer,
          {
            type: data.pays === 'late-fee' ? 'ApplyIdentifiedLateFee' : 'ApplyIdentifiedReceipt',
            ...data,
            amount: Money.of(data.amount),
          },
          contextOf(event, data.identifiedOn),
        );
      },
    },
    {
      on: 'CancellationRequested',
      async react(event) {
        const { data } = event as RecordedEvent<Extract<EmployerEvent, { type: 'CancellationRequested' }>>;
        const { creditCode: employer, requestId, requestedOn: on } = data;
        const command = {
          type: 'CloseDues',
          employer,
          requestId,
          on,
          lateFees: lateFeeRule(policy.book, event.metadata.area),
        } as const;
        await store.execute(dues, employer, command, contextOf(event, on));
      },
    },
  ];
}

/** The context of a command that an event causes: the same event always causes the same command. */
function contextOf(event: RecordedEvent, effectiveDate: BusinessDate): CommandContext {
  return causedBy(event.metadata, deterministicId('reaction', event.id), {
    causationId: event.id,
    actor: 'system:reactions',
    effectiveDate,
  });
}

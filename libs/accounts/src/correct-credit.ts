import { type CommandResult, type EventStore, type StreamView, streamOf } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId, DomainError } from '@provident/kernel';
import type { InsuredEvent } from '@provident/registry/events';
import { account, type AccountCommand } from './account.js';
import type { CorrectCreditBody } from './commands.js';
import { creditOnRecord, findCredit } from './credit-on-record.js';

const isRegistered: StreamView<boolean, InsuredEvent> = {
  category: 'insured',
  initial: false,
  evolve: (state, { type }) => state || type === 'PersonRegistered',
};

/**
 * Takes a wrong credit back in red and gives the month to whom it belongs: two appends to two people's streams. What the
 * second would be refused for is found out before the first, so that a refused correction changes nothing. Should a crash
 * come between them, the same command again makes it good; given again later, even after a year's closing, it changes
 * nothing.
 */
export async function correctCredit(
  store: EventStore,
  { wrongPersonId, rightPersonId, month, correctedOn, reason }: CorrectCreditBody,
  context: CommandContext,
): Promise<CommandResult> {
  const reversalId = deterministicId(context.commandId, 'reversal');
  const { credit: wrong, isReversed } = await creditOnRecord(store, wrongPersonId, month, reversalId);
  const creditId = deterministicId('credit', wrong.declarationId, rightPersonId, 'corrects', wrong.creditId);
  const credit: AccountCommand = {
    type: 'CreditContribution',
    ...wrong,
    personId: rightPersonId,
    creditId,
    corrects: wrong.creditId,
  };
  const standing = isReversed ? await findCredit(store, rightPersonId, creditId) : undefined;
  if (standing !== undefined) {
    const { revision, position } = standing;
    return { stream: streamOf(account, rightPersonId), revision, position, events: [] };
  }
  if (!(await store.load(isRegistered, rightPersonId)).state) throw personUnknown();
  account.decide(credit, (await store.load(account, rightPersonId)).state);
  if (!isReversed) {
    await store.execute(
      account,
      wrongPersonId,
      { type: 'ReverseCredit', reversalId, credit: wrong, reversedOn: correctedOn, reason },
      causedBy(context, reversalId, { effectiveDate: correctedOn }),
    );
  }
  const creditContext = causedBy(context, deterministicId(context.commandId, 'credit'), { effectiveDate: correctedOn });
  return store.execute(account, rightPersonId, credit, creditContext);
}

function personUnknown(): DomainError {
  return new DomainError(
    'person-unknown',
    'The person to whom the month is to be given is not registered.',
    '社会保险法 第74条: the agency keeps a record for every insured person.',
    'Check the person id, or register the person first.',
  );
}

import type { AccountEvent } from '@provident/accounts/events';
import type { DeclarationEvent, DuesEvent } from '@provident/collection/events';
import { invariant, isSealed, isUuid, type ParameterReference, type RecordedEvent } from '@provident/kernel';
import { findEvent, headOf, type IndexedEvent } from './event-head.js';
import { type Explanation, type ExplanationHead, type Fact, type Page, pageOf } from './explanation.js';
import { parameterHead } from './explain-parameter.js';
import { eventUnknown } from './refusals.js';
import type { Surroundings } from './surroundings.js';

/** A text that is longer is a document, not a fact. */
const LONGEST_FACT = 200;

/**
 * An event: what it says, and what it rests on: the event that caused it (and so, step by step, the case with its review and
 * approval), the declaration behind a credit, the entry that a reversal takes back, the charges that a late fee was paid on,
 * and the parameters with their articles.
 */
export async function explainEvent(around: Surroundings, event: string | bigint, page: Page): Promise<Explanation> {
  const found = await findEvent(around.db, event);
  if (found === undefined) throw eventUnknown(String(event));
  const recorded = await recordOf(around, found);
  const head = headOf(found);
  const children = [...(await causesOf(around, recorded)), ...parametersOf(recorded)];
  return { ...head, facts: [...head.facts, ...factsOf(recorded)], ...pageOf(children, page) };
}

async function recordOf({ client }: Surroundings, { stream, revision, event_id: id }: IndexedEvent) {
  const [recorded] = await client.readPage(stream, { backwards: false, from: revision, count: 1 });
  invariant(recorded?.id === id, `The index has another event at ${stream}@${revision} than the log.`);
  return recorded;
}

/** The plain fields of an event's data. Personal ones are sealed in the log and stay so: they explain no figure. */
function factsOf({ data }: RecordedEvent): Fact[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    const text = String(value);
    return isPlain && !isSealed(text) && text.length <= LONGEST_FACT ? [{ zh: name, en: name, value: text }] : [];
  });
}

async function causesOf(around: Surroundings, recorded: RecordedEvent): Promise<ExplanationHead[]> {
  const { causationId, commandId } = recorded.metadata;
  const causes: ExplanationHead[] = [];
  if (causationId !== commandId && isUuid(causationId)) {
    const cause = await findEvent(around.db, causationId);
    if (cause !== undefined) causes.push(headOf(cause));
  }
  const { type, data } = recorded as unknown as AccountEvent;
  if (type === 'ContributionCreditReversed') causes.push(...(await creditOf(around, recorded.stream, data.reverses)));
  if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
    causes.push(...(await declarationOf(around, `${data.employer}-${data.month}`)));
  }
  return [...causes, ...(await chargesOf(around, recorded))];
}

/** The late fees that money was set against: each names principal, days, rates and articles. */
async function chargesOf({ store, db }: Surroundings, recorded: RecordedEvent): Promise<ExplanationHead[]> {
  const { type, data } = recorded as unknown as DuesEvent;
  if (type !== 'LateFeeReceived' && type !== 'HeldAppliedToLateFees') return [];
  const amounts = new Map(data.allocations.map(({ feeId, amount }) => [feeId, amount]));
  const heads: ExplanationHead[] = [];
  for await (const event of store.read<DuesEvent>({ category: 'dues' }, data.employer)) {
    const charge = event as unknown as DuesEvent;
    if (charge.type !== 'LateFeeCharged') continue;
    const amount = amounts.get(charge.data.feeId);
    const found = amount === undefined ? undefined : await findEvent(db, event.position);
    if (amount !== undefined && found !== undefined)
      heads.push({ ...headOf(found), value: { text: amount, unit: 'yuan' } });
  }
  return heads;
}

/** The credit that a reversal takes back, in this account or in one that was merged into it. */
async function creditOf(around: Surroundings, stream: string, creditId: string): Promise<ExplanationHead[]> {
  const personId = stream.slice('account-'.length);
  const merged: string[] = [];
  for await (const event of around.store.readBackwards<AccountEvent>({ category: 'account' }, personId)) {
    if (event.type === 'AccountMergedFrom') merged.push((event.data as { merged: string }).merged);
    if (event.type !== 'ContributionCredited') continue;
    if ((event.data as { creditId: string }).creditId !== creditId) continue;
    const found = await findEvent(around.db, event.position);
    return found === undefined ? [] : [headOf(found)];
  }
  for (const each of merged) {
    const found = await creditOf(around, `account-${each}`, creditId);
    if (found.length > 0) return found;
  }
  return [];
}

/** The closing event of the declaration by which a month was credited: it names rates, bounds and parameters. */
async function declarationOf({ store, db }: Surroundings, id: string): Promise<ExplanationHead[]> {
  for await (const event of store.readBackwards<DeclarationEvent>({ category: 'declaration' }, id)) {
    if (event.type !== 'ContributionDeclared') continue;
    const found = await findEvent(db, event.position);
    return found === undefined ? [] : [headOf(found)];
  }
  return [];
}

function parametersOf({ data }: RecordedEvent): ExplanationHead[] {
  const { parameters = [], parameter } = data as {
    parameters?: readonly ParameterReference[];
    parameter?: ParameterReference | string;
  };
  const one = typeof parameter === 'object' ? [parameter] : [];
  return [...parameters, ...one].map(parameterHead);
}

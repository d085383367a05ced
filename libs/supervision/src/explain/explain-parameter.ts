import { type ParameterReference, isUuid } from '@provident/kernel';
import { type PolicyBook, type PolicyEvent, type PolicyValue, referenceTo } from '@provident/policy';
import { findEvent, headOf } from './event-head.js';
import { type Explanation, type ExplanationHead, fact, type Page, pageOf } from './explanation.js';
import { parameterValueUnknown } from './refusals.js';
import type { Surroundings } from './surroundings.js';

/** A value of a parameter as an event that rests on it names it: the value and its article as they were then. */
export function parameterHead({ id, area, from, value, legalBasis, confidence }: ParameterReference): ExplanationHead {
  return {
    address: `parameter:${id}/${area}/${from}`,
    kind: 'parameter',
    title: { zh: `参数 ${id}`, en: `Parameter ${id}` },
    value: { text: value, unit: 'text' },
    facts: [...fact('地区', 'area', area), ...fact('起效日', 'in force from', from)],
    rule: { text: id, basis: legalBasis, confidence },
  };
}

/**
 * A value of a parameter: its article and source, and, where it was changed at run time, the proposal, review and approval
 * that put it in force. Throws `parameter-value-unknown`.
 */
export async function explainParameter(
  around: Surroundings,
  { id, area, from }: { readonly id: string; readonly area: string; readonly from: string },
  page: Page,
): Promise<Explanation> {
  const value = valueOf(around.book(), id, area, from);
  if (value === undefined) throw parameterValueUnknown(id, area, from);
  const head = parameterHead(referenceTo(value));
  const { definition, source, known, to, note } = value;
  const changes = value.overlay ? await changesOf(around, id, area, from) : [];
  return {
    ...head,
    title: { zh: `参数 ${definition.zh}`, en: `Parameter ${id}` },
    facts: [
      ...head.facts,
      ...fact('止效日', 'in force to', to),
      ...fact('公布日', 'published on', known),
      ...fact('单位', 'unit', definition.unit),
      ...fact('来源', 'source', source),
      ...fact('说明', 'note', note),
    ],
    rule: { ...head.rule, text: definition.description },
    ...pageOf(changes, page),
  };
}

function valueOf(book: PolicyBook, id: string, area: string, from: string): PolicyValue | undefined {
  return book.definitions.has(id) ? book.history(id, area).findLast((each) => each.from === from) : undefined;
}

/** The events by which the value was proposed, reviewed and approved. */
async function changesOf({ store, db }: Surroundings, id: string, area: string, from: string) {
  const proposals = new Set<string>();
  const heads: ExplanationHead[] = [];
  for await (const event of store.read<PolicyEvent>({ category: 'policy' }, area)) {
    const { type, data } = event as unknown as PolicyEvent;
    if (type === 'PolicyParameterProposed' && data.parameter === id && data.from === from)
      proposals.add(data.proposalId);
    if (!isUuid(data.proposalId) || !proposals.has(data.proposalId)) continue;
    const found = await findEvent(db, event.position);
    if (found !== undefined) heads.push(headOf(found));
  }
  return heads;
}

import type { SupervisionDatabase } from '../database.js';
import { type ExplanationHead, fact } from './explanation.js';
import { eventUnknown } from './refusals.js';

/** An event as the index has it: what it is, where it stands, and who entered, reviewed and approved it. */
export interface IndexedEvent {
  readonly position: bigint;
  readonly event_id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly effective_date: string;
  readonly recorded_at: Date;
  readonly actor: string;
  readonly reviewer: string | null;
  readonly approver: string | null;
}

/** Finds an event by its id or its position. */
export function findEvent(db: SupervisionDatabase, event: string | bigint): Promise<IndexedEvent | undefined> {
  const events = db.selectFrom('event_index').selectAll();
  const chosen =
    typeof event === 'bigint' ? events.where('position', '=', event) : events.where('event_id', '=', event);
  return chosen.executeTakeFirst();
}

/** Throws `event-unknown`. */
export async function eventHead(db: SupervisionDatabase, event: string | bigint): Promise<ExplanationHead> {
  const found = await findEvent(db, event);
  if (found === undefined) throw eventUnknown(String(event));
  return headOf(found);
}

export function headOf(event: IndexedEvent): ExplanationHead {
  return {
    address: `event:${event.event_id}`,
    kind: 'event',
    title: { zh: `事件 ${event.type}`, en: `Event ${event.type}` },
    facts: [
      ...fact('流', 'stream', event.stream),
      ...fact('日志位置', 'log position', event.position.toString()),
      ...fact('生效日', 'effective', event.effective_date),
      ...fact('入账时间', 'recorded at', event.recorded_at.toISOString()),
      ...fact('经办', 'entered by', event.actor),
      ...fact('复核', 'reviewed by', event.reviewer),
      ...fact('审批', 'approved by', event.approver),
    ],
  };
}

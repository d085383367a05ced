import type { CollectionEvent } from '@provident/collection/events';
import type { EventStore } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import type { StatementMonth } from '../personal-statement.js';

type Lines = RecordedEvent<Extract<CollectionEvent, { type: 'PayrollLinesDeclared' }>>;
type Declared = RecordedEvent<Extract<CollectionEvent, { type: 'ContributionDeclared' }>>;

/** How a credited month was declared. */
export interface DeclaredMonth {
  readonly declared: Declared;
  /** The event with the person's own line, and the wage in it; absent where a correction gave the month to the person. */
  readonly own: { readonly event: Lines; readonly wage: string; readonly base: string } | undefined;
}

/** Finds the declaration that a month comes from; nothing where it was not declared here (a month that was transferred in). */
export async function declaredMonth(
  store: EventStore,
  personId: string,
  { employer, month, base }: StatementMonth,
): Promise<DeclaredMonth | undefined> {
  const id = `${employer}-${month}`;
  let declared: Declared | undefined;
  for await (const event of store.readBackwards<CollectionEvent>({ category: 'declaration' }, id)) {
    if (event.type === 'ContributionDeclared') declared = event as Declared;
    if (declared !== undefined) break;
  }
  if (declared === undefined) return undefined;
  for await (const event of store.read<CollectionEvent>({ category: 'declaration' }, id)) {
    if (event.type !== 'PayrollLinesDeclared') continue;
    const { fileHash, lines } = (event as Lines).data;
    if (fileHash !== declared.data.fileHash) continue;
    const line = lines.find((each) => each.personId === personId);
    // A line of another base is not what was credited: a correction stands between them.
    if (line?.base === base) return { declared, own: { event: event as Lines, wage: line.wage, base } };
  }
  return { declared, own: undefined };
}

import { user } from '@provident/access/user';
import { account } from '@provident/accounts/account';
import { caseAggregate } from '@provident/casework/case';
import { notice } from '@provident/casework/notice';
import { task } from '@provident/casework/task';
import { thread } from '@provident/casework/thread';
import { declaration } from '@provident/collection/declaration';
import { dues } from '@provident/collection/dues';
import { receipt } from '@provident/collection/receipt';
import { schemaVersion, type Upcaster } from '@provident/event-store/aggregate';
import { loadPolicy } from '@provident/policy';
import { parameterChanges } from '@provident/policy-desk/parameter-changes';
import { administrators } from '@provident/registry/administrators/administrators';
import { card } from '@provident/registry/cards/card';
import { certificate } from '@provident/registry/certificates/certificate';
import { documents } from '@provident/registry/documents/documents';
import { employer } from '@provident/registry/employer';
import { insured } from '@provident/registry/insured';
import { staffing } from '@provident/registry/staffing/staffing';
import { statisticsReleases } from '@provident/statistics/releases/release';
import { checkpoints } from '@provident/supervision/checkpoints/checkpoint';
import { alert } from '@provident/supervision/control/alerts/alert';
import type { TSchema } from '@sinclair/typebox';

/** What a consumer has to know of one event type, as the code has it today. */
export interface EventType {
  /** Past tense, without a version: `ContributionCredited`. Unique in the whole ledger. */
  readonly type: string;
  /** Its streams are named `<category>-<id>`. */
  readonly category: string;
  /** The schema version that new events are written with; one more than there are upcasters. */
  readonly version: number;
  readonly schema: TSchema;
  /** Data of schema version n becomes data of version n + 1 by the upcaster at place n - 1. */
  readonly upcasters: readonly Upcaster[];
}

/** What an aggregate says of its events. Widened from `Aggregate`, whose upcasters are keyed by its own event types. */
export interface EventKeeper {
  readonly category: string;
  readonly schemas: Readonly<Record<string, TSchema>>;
  readonly upcasters?: Readonly<Record<string, readonly Upcaster[] | undefined>>;
}

/** Every event type of the ledger, from the aggregates that write them, by category and name. */
export function eventTypes(): readonly EventType[] {
  const keepers: EventKeeper[] = [
    ...[caseAggregate, task, notice, thread],
    user,
    ...[employer, administrators, staffing, documents, insured, card, certificate],
    ...[declaration, dues, receipt],
    account,
    ...[statisticsReleases, alert, checkpoints],
    parameterChanges(loadPolicy()),
  ];
  return keepers.flatMap((keeper) => eventTypesOf(keeper)).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

export function eventTypesOf(keeper: EventKeeper): EventType[] {
  return Object.entries(keeper.schemas).map(([type, schema]) => ({
    type,
    category: keeper.category,
    version: schemaVersion(keeper, type),
    schema,
    upcasters: keeper.upcasters?.[type] ?? [],
  }));
}

function placeOf({ category, type }: EventType): string {
  return `${category}/${type}`;
}

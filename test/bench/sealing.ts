import { randomUUID } from 'node:crypto';
import type { Ledger } from '@provident/assembly';
import { type Aggregate, eachConcurrently, EventStore, LogReader, PERSONAL_DATA } from '@provident/event-store';
import { toStored } from '@provident/event-store/codec';
import { openEvents, sealEvent } from '@provident/event-store/personal-events';
import {
  businessDate,
  type DomainEvent,
  IdField,
  NameField,
  Personal,
  type PersonalData,
  type RecordedEvent,
} from '@provident/kernel';
import { type TSchema, type TString, Type } from '@sinclair/typebox';
import { eventTypes } from '../../deploy/contracts/event-types.js';
import { citizenNumber, nameOf } from './payroll.js';
import { type Measurement, measurement, median } from './result.js';

/** As many as an import has under way. */
const UNDER_WAY = 64;
/** Rows whose keys are made together, as an import does. */
const CHUNK = 1_000;
/** Events of the log that are encoded at once. */
const BATCH = 500;

interface Entry {
  readonly personId: string;
  readonly citizenNumber: string;
  readonly name: string;
}
type Entered = DomainEvent<'BenchPersonEntered', Entry>;

/** People in streams of their own, which no projection reads: the same fields, sealed or in clear. */
function register(category: string, field: (text: TString) => TString): Aggregate<number, Entry, Entered> {
  const schema = Type.Object({ personId: IdField, citizenNumber: field(NameField), name: field(NameField) });
  return {
    ...{ category, schemas: { BenchPersonEntered: schema }, initial: 0 },
    evolve: (count) => count + 1,
    decide: (data, count) => (count > 0 ? [] : [{ type: 'BenchPersonEntered', data }]),
  };
}

/** What it costs that personal fields are sealed: entering people, keys included, and encoding events of the whole log. */
export async function sealingLines(
  ledger: Ledger,
  { people, repeats }: { people: number; repeats: number },
): Promise<Measurement[]> {
  const sealed = register('benchsealed', (field) => Personal(field));
  const clear = register('benchclear', (field) => field);
  const [entered, inClear, encoded, plain]: number[][] = [[], [], [], []];
  const log = await openLog(ledger);
  for (let at = 0; at <= repeats; at += 1) {
    const rates = [
      await entering(ledger, sealed, people),
      await entering(ledger, clear, people),
      await encoding(ledger, log.events, log.schemas),
      await encoding(ledger, log.events, {}),
    ];
    // The first round warms up and is not counted.
    if (at > 0) [entered, inClear, encoded, plain].forEach((list, place) => list?.push(rates[place] ?? Number.NaN));
  }
  return [
    measurement({
      name: '(m) people entered, personal fields sealed',
      unit: 'people/s',
      ours: median(entered ?? []),
      yardstick: median(inClear ?? []),
      yardstickName: 'the same events with fields that are not personal',
      aim: '',
    }),
    measurement({
      name: '    encoding the events of the log',
      unit: 'events/s',
      ours: median(encoded ?? []),
      yardstick: median(plain ?? []),
      yardstickName: 'the same events, nothing sealed',
      aim: '',
    }),
  ];
}

/** People a second, each with a durable event; where fields are personal, with the keys that are made for them. */
async function entering(ledger: Ledger, aggregate: ReturnType<typeof register>, people: number): Promise<number> {
  const store = ledger.get(EventStore);
  const isPersonal = aggregate.category === 'benchsealed';
  const rows = Array.from({ length: people }, (_, at) => {
    return { personId: randomUUID(), citizenNumber: citizenNumber(at), name: nameOf(at) };
  });
  const on = businessDate('2025-01-02');
  const startedAt = performance.now();
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    if (isPersonal) await store.expectPeople(chunk.map(({ personId }) => personId));
    await eachConcurrently(chunk, UNDER_WAY, async (row) => {
      const context = ledger.context('bench', on, 'sealing', row.personId);
      await store.execute(aggregate, row.personId, row, context, { mostlyNew: true });
    });
  }
  return (people / (performance.now() - startedAt)) * 1_000;
}

interface OpenLog {
  readonly events: readonly RecordedEvent[];
  readonly schemas: Readonly<Record<string, TSchema>>;
}

/** The log as deciders see it. */
async function openLog(ledger: Ledger): Promise<OpenLog> {
  const schemas = Object.fromEntries(eventTypes().map(({ type, schema }) => [type, schema]));
  const personal = personalDataOf(ledger);
  const events: RecordedEvent[] = [];
  for await (const batch of ledger.get(LogReader).batches({ live: false, maxBatch: 5_000 })) {
    events.push(...(await openEvents(personal, schemas, batch)));
  }
  return { events, schemas };
}

/** Events a second, from what was decided to the text that the store is sent. */
async function encoding(
  ledger: Ledger,
  events: readonly RecordedEvent[],
  schemas: OpenLog['schemas'],
): Promise<number> {
  const personal = personalDataOf(ledger);
  const startedAt = performance.now();
  let characters = 0;
  for (let at = 0; at < events.length; at += BATCH) {
    const stored = await Promise.all(
      events.slice(at, at + BATCH).map(async (event) => {
        const { schemaVersion, ...context } = event.metadata;
        return toStored(event.id, await sealEvent(personal, schemas, event.id, event), schemaVersion, context);
      }),
    );
    for (const { data, metadata } of stored) characters += JSON.stringify([data, metadata]).length;
  }
  if (characters === 0) throw new Error('The log is empty: there is nothing to encode.');
  return (events.length / (performance.now() - startedAt)) * 1_000;
}

function personalDataOf(ledger: Ledger): PersonalData {
  return ledger.app.get<PersonalData>(PERSONAL_DATA, { strict: false });
}

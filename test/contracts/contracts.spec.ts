import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryPersonalData } from '@provident/access/testing/memory-keys';
import { repositoryFolder } from '@provident/assembly';
import { type TSchema, Type } from '@sinclair/typebox';
import fc from 'fast-check';
import {
  compareContracts,
  contractsFolder,
  currentContracts,
  METADATA_FILE,
  presentEvents,
} from '../../deploy/contracts/contracts.js';
import { contractPath, type EventContract, releasedEvents } from '../../deploy/contracts/event-contract.js';
import { eventFiles, metadataSchema } from '../../deploy/contracts/event-schemas.js';
import { type EventType, eventTypes, eventTypesOf } from '../../deploy/contracts/event-types.js';
import type { JsonSchema } from '../../deploy/contracts/json-schema.js';
import { storedForm } from '../../deploy/contracts/stored-form.js';
import { reviewEvents, reviewSchema } from '../../deploy/contracts/review.js';
import { checkContracts, writeContracts } from '../../deploy/contracts/write-contracts.js';
import { Agency } from '../support/agency.js';
import { moves } from '../support/moves.js';
import { dataOf } from './schema-arbitrary.js';
import { validator } from './validator.js';

const repository = repositoryFolder();
const committed = contractsFolder(repository);

describe('the committed contracts', () => {
  it('are what the code promises (`npm run contracts -- --check`)', async () => {
    const contracts = await currentContracts(repository);
    expect(() => checkContracts(contracts)).not.toThrow();
    expect(contracts.files.size).toBeGreaterThan(25);
    expect(contracts.drift).toEqual([]);
    expect(contracts.findings).toEqual([]);
  });

  it('hold every event type that a context declares, each told what it means', async () => {
    const declared: string[] = [];
    for (const file of eventFiles(repository)) {
      const exported = (await import(file)) as Readonly<Record<string, object>>;
      const schemas = Object.entries(exported).filter(([name]) => name.endsWith('EventSchemas'));
      declared.push(...schemas.flatMap(([, each]) => Object.keys(each)));
    }
    const present = presentEvents(repository);
    // One that is missing here is kept by an aggregate that `eventTypes` does not know.
    expect(present.map(({ type }) => type).sort()).toEqual([...new Set(declared)].sort());
    expect(present.filter(({ schema }) => !schema.description).map(({ type }) => type)).toEqual([]);
  });

  it('describe the events that the ledger really writes, and their metadata', async () => {
    const byType = new Map(releasedEvents(committed).map((event) => [event.type, validator(event.schema)]));
    const metadata = validator(JSON.parse(readFileSync(join(committed, METADATA_FILE), 'utf8')) as JsonSchema);
    const schemas = new Map(eventTypes().map((event) => [event.type, event.schema]));
    const personal = memoryPersonalData();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(moves, async (played) => {
        for (const event of (await Agency.play(played)).ledger.log.events) {
          seen.add(event.type);
          // The log in memory seals nothing.
          const data = await personal.seal(schemas.get(event.type)!, { id: event.id, data: event.data });
          expect({ type: event.type, fits: byType.get(event.type)?.(data) }).toEqual({
            type: event.type,
            fits: true,
          });
          expect(metadata(event.metadata)).toBe(true);
        }
      }),
      { numRuns: 20, seed: 5 },
    );
    expect(seen.size).toBeGreaterThan(10);
  });

  it('lead from every older schema version to the present one by upcasters', () => {
    const older = releasedEvents(committed);
    for (const event of eventTypes()) expect(() => upcastsFrom(older, event)).not.toThrow();
  });
});

/** Any data of an older version, brought up by the upcasters, fits the present schema. Throws where it does not. */
function upcastsFrom(released: readonly EventContract[], event: EventType): void {
  const fits = validator(storedForm(JSON.parse(JSON.stringify(event.schema)) as JsonSchema));
  for (const old of released.filter(({ type, version }) => type === event.type && version < event.version)) {
    fc.assert(
      fc.property(dataOf(old.schema), (data) => {
        let raised = data as Readonly<Record<string, unknown>>;
        for (const step of event.upcasters.slice(old.version - 1)) raised = step(raised);
        expect(fits(raised)).toBe(true);
      }),
    );
  }
}

function without(fields: object | undefined, name: string): Record<string, never> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([each]) => each !== name)) as Record<string, never>;
}

describe('a change of an event', () => {
  const contract = (event: EventType): EventContract => ({
    ...event,
    schema: JSON.parse(JSON.stringify(event.schema)) as JsonSchema,
  });
  const made = (schema: TSchema, ...upcasters: EventType['upcasters']): EventType =>
    eventTypesOf({ category: 'made', schemas: { Made: schema }, upcasters: { Made: upcasters } })[0]!;
  const first = made(Type.Object({ amount: Type.String() }));
  const second = Type.Object({ amountFen: Type.Integer() });
  const rules = (released: EventType[], present: EventType[]) =>
    reviewEvents(released.map(contract), present.map(contract)).map(({ rule }) => rule);

  it('that breaks readers is refused within its schema version', () => {
    expect(rules([first], [made(second)])).toEqual(['field-removed', 'required-field-added']);
  });

  it('is free with a new schema version, whose upcaster must lead to the new form', () => {
    const good = made(second, (data) => ({ amountFen: String(data['amount']).length }));
    expect(rules([first], [good])).toEqual([]);
    expect(() => upcastsFrom([contract(first)], good)).not.toThrow();
    const bad = made(second, (data) => ({ amountFen: data['amount'] }));
    expect(() => upcastsFrom([contract(first)], bad)).toThrow();
  });

  it('is refused where it forgets events that are in the log', () => {
    const raised = made(second, () => ({ amountFen: 1 }));
    expect(rules([first], [])).toEqual(['type-removed']);
    expect(rules([first], [{ ...first, category: 'other' }])).toEqual(['category-changed']);
    expect(rules([first, raised], [first])).toEqual(['version-went-back']);
    expect(rules([raised], [raised])).toEqual(['version-missing']);
    expect(rules([], [raised])).toEqual(['version-missing']);
    expect(rules([], [first])).toEqual([]);
  });

  it('is refused in the metadata, which has no versions, unless it adds an optional field', () => {
    const metadata = metadataSchema(repository);
    const verdicts = (is: JsonSchema) => reviewSchema(METADATA_FILE, metadata, is).map(({ verdict }) => verdict);
    expect(verdicts({ ...metadata, properties: without(metadata.properties, 'actor') })).toEqual(['new-version']);
    expect(verdicts({ ...metadata, properties: { ...metadata.properties, device: { type: 'string' } } })).toEqual([
      'accept',
    ]);
  });
});

describe('writing the contracts', () => {
  let folder: string;
  const present = presentEvents(repository);
  /** The code's events against the folder; the other documents are made of the same and take longer. */
  const compare = () => compareContracts(folder, present, metadataSchema(repository), new Map());
  const strictly = { accept: false, unreleased: [] };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    expect(writeContracts(folder, compare(), strictly)).toHaveLength(present.length + 1);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = contractPath({ category: 'account', type: 'YearClosed', version: 1 });
  const edit = (path: string, change: (schema: Record<string, unknown>) => unknown) =>
    writeFileSync(
      join(folder, path),
      JSON.stringify(change(JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>)),
    );

  it('writes nothing when there is nothing to write', () => {
    expect(writeContracts(folder, compare(), strictly)).toEqual([]);
  });

  it('puts right what was edited by hand or lost, and the check sees it', () => {
    edit(file, (schema) => ({ ...schema, description: 'edited' }));
    rmSync(join(folder, METADATA_FILE));
    const contracts = compare();
    expect(() => checkContracts(contracts)).toThrow(/YearClosed[^]*npm run contracts|event-metadata/);
    expect(writeContracts(folder, contracts, strictly)).toEqual([METADATA_FILE, file].sort());
    expect(compare().drift).toEqual([]);
  });

  it('asks for a word before it widens a promise', () => {
    edit(contractPath({ category: 'account', type: 'ContributionCredited', version: 1 }), (schema) => {
      return { ...schema, properties: without(schema['properties'] as object, 'corrects') };
    });
    const contracts = compare();
    expect(() => writeContracts(folder, contracts, strictly)).toThrow(/compatible/);
    expect(compare().drift).not.toEqual([]);
    expect(writeContracts(folder, contracts, { accept: true, unreleased: [] })).toContain(
      'events/account/ContributionCredited.v1.json',
    );
  });

  it('never writes over a contract that the code would break', () => {
    edit(file, (schema) => ({ ...schema, required: [] }));
    const contracts = compare();
    expect(() => writeContracts(folder, contracts, { accept: true, unreleased: [] })).toThrow(
      /break released contracts/,
    );
    expect(() => checkContracts(contracts)).toThrow(/field-made-required/);
  });

  it('writes a draft anew when told that no log holds such events, and only that one', () => {
    edit(file, (schema) => ({ ...schema, required: [] }));
    const lost = contractPath({ category: 'account', type: 'NeverReleased', version: 1 });
    cpSync(join(folder, file), join(folder, lost));
    const contracts = compare();
    const write = (...unreleased: string[]) => writeContracts(folder, contracts, { accept: false, unreleased });
    expect(() => write('YearClosed')).toThrow(/NeverReleased is gone/);
    expect(write('YearClosed', 'NeverReleased')).toEqual([lost, file].sort());
    expect(compare().findings).toEqual([]);
  });

  it('refuses a file that is no contract', () => {
    writeFileSync(join(folder, 'events', 'account', 'notes.json'), '{}');
    expect(() => releasedEvents(folder)).toThrow(/notes\.json is no contract/);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDeclarationFile } from '@provident/collection/declaration-file';
import { openReceiptFile } from '@provident/collection/receipt-file';
import { openEmployerFile, openPeopleFile } from '@provident/registry/register-file';
import type { TypedFile } from '@provident/files/typed-file';
import { Money, type Month, monthOf } from '@provident/kernel';
import { contentOf, storyText } from './generate.js';
import { inventSample } from './sample.js';
import { readStory } from './story.js';
import { sampleTables, writeTable } from './tables.js';

const FOLDER = join(__dirname, 'files');
const sample = inventSample();
const story = readStory(FOLDER);
const path = (file: string) => join(FOLDER, file);

async function all<T>(opening: Promise<TypedFile<T>>): Promise<T[]> {
  const rows: T[] = [];
  // Without a list for faults, the first fault throws.
  for await (const chunk of (await opening).chunks()) rows.push(...chunk);
  return rows;
}

describe('the committed sample', () => {
  it('is what the generator writes', async () => {
    const tables = sampleTables(sample);
    for (const table of tables) {
      const committed = readFileSync(path(table.path));
      const generated = await writeTable(table);
      if (table.as === 'xlsx') expect(await contentOf(committed)).toBe(await contentOf(generated));
      else if (!committed.equals(generated)) throw new Error(`${table.path} differs: run the generator.`);
    }
    expect(readFileSync(path('story.json'), 'utf8')).toBe(storyText());
    const expected = new Set([...tables.map((table) => table.path), 'story.json']);
    const found = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(found).toHaveLength(expected.size);
  });

  it('has the employers and people that were asked for', async () => {
    const employers = await all(openEmployerFile(path('employers.csv')));
    const people = await all(openPeopleFile(path('people.csv')));
    expect(employers.length).toBeGreaterThanOrEqual(40);
    expect(new Set(employers.map((employer) => employer.riskClass)).size).toBe(8);
    expect(employers.every((employer) => employer.name.startsWith('示例'))).toBe(true);
    expect(people.length).toBeGreaterThanOrEqual(2_000);
    expect([employers.length, people.length]).toEqual([story.employers, story.people]);
    const names = people.map((person) => person.name).join();
    for (const character of '㐂𬭚·') expect(names).toContain(character);
  });

  it('declares, employer by employer, last month’s people plus joiners less leavers', async () => {
    const encodings = new Map<string, number>();
    let before = new Map<string, Set<string>>();
    for (const step of story.steps) {
      if (step.do !== 'declare') continue;
      const now = new Map<string, Set<string>>();
      for (const { employer, file } of step.files) {
        const opened = await openDeclarationFile(path(file), step.month);
        const style = opened.encoding ?? opened.format;
        encodings.set(style, (encodings.get(style) ?? 0) + 1);
        const staff = new Set(before.get(employer));
        for (const { citizenNumber, change } of await all(Promise.resolve(opened))) {
          const known = change === 'leave' || (change === 'stay' && before.size > 0);
          if (staff.has(citizenNumber) !== known) throw new Error(`${file}: ${citizenNumber} ${change}`);
          if (change === 'leave') staff.delete(citizenNumber);
          else staff.add(citizenNumber);
        }
        now.set(employer, staff);
      }
      const control = story.controls.find((each) => each.month === step.month);
      expect(Array.from(now.values()).reduce((sum, staff) => sum + staff.size, 0)).toBe(control?.headcount);
      const people = Array.from(now.values()).flatMap((staff) => Array.from(staff));
      expect(new Set(people).size).toBe(people.length);
      before = now;
    }
    expect(Object.fromEntries(encodings)).toEqual({ 'utf-8': 432, gb18030: 48, xlsx: 48 });
  });

  it('pays exactly what is due over the year', async () => {
    const references = new Set<string>();
    let received = Money.zero;
    for (const step of story.steps) {
      if (step.do !== 'import-receipts') continue;
      for (const receipt of await all(openReceiptFile(path(step.file)))) {
        if (monthOf(receipt.valueDate) !== step.month) throw new Error(`${step.file}: ${receipt.bankReference}`);
        references.add(receipt.bankReference);
        received = received.plus(receipt.amount);
      }
    }
    const due = story.controls.flatMap((control) => Object.values(control.due)).map((amount) => Money.of(amount));
    expect(received.toString()).toBe(Money.sum(due).toString());
    // Four per employer and month, and one that makes up for the short payment.
    expect(references.size).toBe(44 * 12 * 4 + 1);
  });

  it('tells a story whose steps follow each other and name what is there', async () => {
    const days = story.steps.map((step) => step.on);
    expect(days).toEqual(days.toSorted());
    for (const step of story.steps) {
      if ('file' in step) expect(existsSync(path(step.file))).toBe(true);
    }
    const identified = story.steps.find((step) => step.do === 'identify-receipt');
    const august = await all(openReceiptFile(path('receipts/2025-08.csv')));
    expect(august.filter((receipt) => receipt.creditCode === undefined)).toMatchObject([
      { bankReference: identified?.bankReference, fund: identified?.fund },
    ]);
    const corrected = story.steps.find((step) => step.do === 'correct-credit');
    const people = await all(openPeopleFile(path('people.csv')));
    const name = (number: string | undefined) => people.find((person) => person.citizenNumber === number)?.name;
    expect(name(corrected?.wrong)).toBe('王芳');
    expect(name(corrected?.right)).toBe('王芳');
    expect(story.highlights.map((highlight) => highlight.what)).toHaveLength(10);
    for (const control of story.controls) expect(Math.min(control.belowFloor, control.aboveCeiling)).toBeGreaterThan(0);
    expect(sample.terms('2025-06' as Month, 1).bounds.floor.toString()).toBe('7384.00');
  });
});

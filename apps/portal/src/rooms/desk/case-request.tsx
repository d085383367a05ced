import { day, month } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { deskWords } from '../../i18n/desk.js';
import { useLanguage } from '../../i18n/language.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';
import { useChoiceNames } from './choice-names.js';
import type { CaseDetail } from './case-page.js';

type Word = keyof typeof deskWords;

interface Row {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What a case asks for, field by field, as people read it: names for people and funds, days and amounts as elsewhere. */
export function CaseRequest({ found }: { readonly found: CaseDetail }) {
  const say = useText(deskWords);
  const wordOf = (field: string): string => (`field.${field}` in deskWords ? say(`field.${field}` as Word) : field);
  return (
    <dl className="lines">
      {rowsOf(found.request).map(({ path, value }) => (
        <div key={path.join('.')}>
          <dt>{path.map(wordOf).join(' · ')}</dt>
          <dd className="request-value">
            {path.at(-1) === 'employer' && typeof value === 'string' ? (
              <EmployerName code={value} />
            ) : (
              <Value value={value} found={found} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A field of several parts is a row for each part; a list stays one value. */
function rowsOf(value: unknown, path: readonly string[] = []): readonly Row[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, part]) => rowsOf(part, [...path, name]));
}

function Value({ value, found }: { readonly value: unknown; readonly found: CaseDetail }) {
  const choiceName = useChoiceNames();
  const { language } = useLanguage();
  if (typeof value !== 'string') return JSON.stringify(value);
  const person = found.people.find(({ personId }) => personId === value);
  if (person !== undefined) return person.name;
  if (value === found.subjectId && found.subjectName !== undefined) return found.subjectName;
  const choice = choiceName(value);
  if (choice !== undefined) return choice;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value, language);
  if (/^\d{4}-\d{2}$/.test(value)) return month(value, language);
  if (/^-?\d+\.\d{2}$/.test(value)) return money(value);
  return value;
}

import { Injectable } from '@nestjs/common';
import { eachConcurrently, EventStore } from '@provident/event-store';
import { isUuid } from '@provident/kernel';
import { employerView, personView } from '@provident/statements/names';

/** Names looked up at the same time. */
const UNDER_WAY = 32;

interface Subject {
  readonly subjectKind: string;
  readonly subjectId: string;
}

/**
 * Whom cases are about, by name: a person reads no ids. Names come from the register's own streams, opened for whoever is
 * let through; the tables of the desk hold none.
 */
@Injectable()
export class SubjectNames {
  constructor(private readonly store: EventStore) {}

  async named<Row extends Subject>(rows: readonly Row[]): Promise<(Row & { subjectName?: string })[]> {
    const subjects = new Map(rows.map((row) => [`${row.subjectKind} ${row.subjectId}`, row]));
    const names = new Map<string, string>();
    await eachConcurrently(subjects, UNDER_WAY, async ([key, subject]) => {
      const name = await this.nameOf(subject);
      if (name !== undefined && name !== '') names.set(key, name);
    });
    return rows.map((row) => {
      const subjectName = names.get(`${row.subjectKind} ${row.subjectId}`);
      return subjectName === undefined ? row : { ...row, subjectName };
    });
  }

  /** The people whom a case's request names by their ids, each with the name on the register. */
  async peopleIn(request: unknown): Promise<{ personId: string; name: string }[]> {
    const people: { personId: string; name: string }[] = [];
    for (const personId of new Set(textsIn(request).filter(isUuid))) {
      const name = await this.nameOf({ subjectKind: 'insured', subjectId: personId });
      if (name !== undefined) people.push({ personId, name });
    }
    return people;
  }

  private async nameOf({ subjectKind, subjectId }: Subject): Promise<string | undefined> {
    if (subjectKind === 'insured') return (await this.store.load(personView, subjectId)).state?.name;
    if (subjectKind === 'employer') return (await this.store.load(employerView, subjectId)).state;
    return undefined;
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

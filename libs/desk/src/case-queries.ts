import { type BusinessDate, type Clock, DomainError, today, type WorkingCalendar } from '@provident/kernel';
import { type Kysely, type Selectable, sql } from 'kysely';
import { type Deadline, deadlineOn } from './deadlines.js';
import type { DeskDatabase } from './tables.js';

/** Most cases in one answer. */
export const MOST_CASES = 500;

type CaseRow = Selectable<DeskDatabase['desk_case']>;

/** A case on a desk. */
export interface DeskCase {
  readonly caseId: string;
  readonly procedure: string;
  readonly status: string;
  readonly waitsFor: string;
  readonly area: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly employer: string | undefined;
  readonly openedOn: string;
  readonly evidence: string;
  readonly isStopped: boolean;
  readonly decidedOn: string | undefined;
  /** For the whole; absent once nobody is waited for. */
  readonly deadline: Deadline | undefined;
  /** For the check that is next. */
  readonly stepDeadline: Deadline | undefined;
  /** The review that an emergency left owing, until it is made. */
  readonly debt: Deadline | undefined;
}

export interface DeskCaseStep {
  readonly position: bigint;
  readonly event: string;
  readonly on: string;
  readonly recordedAt: string;
  readonly account: string;
  readonly person: string | undefined;
  readonly role: string | undefined;
  readonly through: readonly string[];
  readonly rule: string | undefined;
  readonly evidence: string | undefined;
  readonly note: string | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** More than fit in one answer. */
  readonly more: boolean;
}

/** What waits for whom and for how long, what is late, and the history of each case. */
export class CaseQueries {
  constructor(
    private readonly db: Kysely<DeskDatabase>,
    private readonly clock: Clock,
    private readonly calendarInForce: () => WorkingCalendar,
  ) {}

  /** Cases that wait for a role, the most urgent first. */
  async queue(role: string, area: string | undefined): Promise<Page<DeskCase>> {
    const rows = await this.cases(area).where('waits_for', '=', role).orderBy('due_on').orderBy('case_id').execute();
    return this.page(rows);
  }

  /**
   * Cases about one insured person, also under identities that were merged into this one, the newest first: what that person
   * may follow.
   */
  async ofPerson(personId: string): Promise<Page<DeskCase>> {
    const rows = await this.cases(undefined)
      .where('subject_kind', '=', 'insured')
      .where(
        'subject_id',
        'in',
        sql<string>`(
          with recursive identity (person_id) as (
            select ${personId}::uuid
            union select merged from identity_merge join identity on survivor = person_id)
          select person_id::text collate "C" from identity)`,
      )
      .orderBy('opened_on', 'desc')
      .orderBy('case_id')
      .execute();
    return this.page(rows);
  }

  /** Cases past a limit: waiting ones by today, decided ones by the day of their decision. */
  async breaches(area: string | undefined): Promise<Page<DeskCase>> {
    const on = today(this.clock);
    const rows = await this.cases(area)
      .where((is) =>
        is.or([
          is.and([is('decided_on', 'is not', null), is('decided_on', '>', is.ref('due_on'))]),
          is.and([
            is('decided_on', 'is', null),
            is('waits_for', '<>', ''),
            is.or([
              is.and([is('is_stopped', '=', false), is('due_on', '<', on)]),
              is.and([is('is_stopped', '=', true), is('due_on', '<', is.ref('stopped_on'))]),
              is.and([
                is('is_stopped', '=', false),
                is('status', 'in', ['evidenced', 'reviewed']),
                is('step_due_on', '<', on),
              ]),
            ]),
          ]),
          is.and([is('debt_due_on', '<', on), is('debt_cleared_on', 'is', null)]),
        ]),
      )
      .orderBy('due_on')
      .orderBy('case_id')
      .execute();
    return this.page(rows);
  }

  /** Emergencies whose review is still owed, the oldest debt first. */
  async debts(area: string | undefined): Promise<Page<DeskCase>> {
    const rows = await this.cases(area)
      .where('debt_due_on', 'is not', null)
      .where('debt_cleared_on', 'is', null)
      .orderBy('debt_due_on')
      .orderBy('case_id')
      .execute();
    return this.page(rows);
  }

  /** Throws `case-unknown`. */
  async case(caseId: string): Promise<DeskCase & { request: unknown; steps: readonly DeskCaseStep[] }> {
    const row = await this.db.selectFrom('desk_case').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    if (row === undefined) throw unknownCase();
    const steps = await this.db
      .selectFrom('desk_case_step')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('position')
      .execute();
    return {
      ...this.deskCase(row, today(this.clock), this.calendarInForce()),
      request: JSON.parse(row.request ?? 'null') as unknown,
      steps: steps.map(stepOf),
    };
  }

  private cases(area: string | undefined) {
    const all = this.db
      .selectFrom('desk_case')
      .selectAll()
      .limit(MOST_CASES + 1);
    return area === undefined ? all : all.where('area', '=', area);
  }

  private page(rows: readonly CaseRow[]): Page<DeskCase> {
    const on = today(this.clock);
    const calendar = this.calendarInForce();
    const shown = rows.slice(0, MOST_CASES).map((row) => this.deskCase(row, on, calendar));
    return { rows: shown, more: rows.length > MOST_CASES };
  }

  private deskCase(row: CaseRow, on: BusinessDate, calendar: WorkingCalendar): DeskCase {
    const isStopped = row.is_stopped ?? false;
    const stoppedOn = isStopped ? (row.stopped_on ?? undefined) : undefined;
    const measured = { today: on, stoppedOn, calendar };
    const waits = row.waits_for !== '' && row.decided_on === null;
    const isChecked = row.status === 'evidenced' || row.status === 'reviewed';
    const debtDue = row.debt_cleared_on === null ? row.debt_due_on : null;
    return {
      ...{ caseId: row.case_id, procedure: text(row.procedure), status: text(row.status), area: text(row.area) },
      ...{ waitsFor: text(row.waits_for), subjectKind: text(row.subject_kind), subjectId: text(row.subject_id) },
      ...{ employer: row.employer ?? undefined, openedOn: text(row.opened_on), evidence: text(row.evidence) },
      ...{ isStopped, decidedOn: row.decided_on ?? undefined },
      deadline: waits && row.due_on !== null ? deadlineOn(row.due_on, measured) : undefined,
      stepDeadline: isChecked && row.step_due_on !== null ? deadlineOn(row.step_due_on, measured) : undefined,
      debt: debtDue === null ? undefined : deadlineOn(debtDue, { ...measured, stoppedOn: undefined }),
    };
  }
}

function stepOf(row: Selectable<DeskDatabase['desk_case_step']>): DeskCaseStep {
  return {
    ...{ position: row.position, event: row.event, on: row.on_date, recordedAt: row.recorded_at.toISOString() },
    ...{ account: row.account, person: row.person ?? undefined, role: row.role ?? undefined },
    ...{ through: words(row.through), rule: row.rule ?? undefined, evidence: row.evidence ?? undefined },
    note: row.note ?? undefined,
  };
}

/** Columns that the first event of every case fills. */
function text(cell: string | null): string {
  return cell ?? '';
}

/** A list that stands in one column. */
export function words(cell: string | null): readonly string[] {
  return cell === null || cell === '' ? [] : cell.split(' ');
}

function unknownCase(): DomainError {
  return new DomainError(
    'case-unknown',
    'There is no such case.',
    'A case is known to the desk once it was opened.',
    'Check the id, or ask atLeast the position that the opening answered with.',
  );
}

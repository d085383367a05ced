import { addMonths, birthDateOf, Money, type Month, month, monthOf } from '@provident/kernel';
import type { SampleEmployer } from './employers.js';
import { changedWage, firstWage, PeopleMaker, type SamplePerson } from './people.js';
import { Random } from './random.js';

/** A person's line in an employer's month. A leaver's line has no wage. */
export interface StaffLine {
  readonly person: SamplePerson;
  readonly change: 'stay' | 'join' | 'leave';
  readonly wage: Money | undefined;
}

/** A person as the register gets to know them: first employer, first month there. */
interface Registration {
  readonly person: SamplePerson;
  readonly employer: SampleEmployer;
  readonly from: Month;
}

export interface StaffYear {
  readonly registrations: readonly Registration[];
  /** By month, then in the order of the employers. */
  readonly months: ReadonlyMap<Month, readonly (readonly StaffLine[])[]>;
  readonly wrongCredit: WrongCredit;
}

/** Two colleagues of one name: the former one's number stood in the file for a month of the new one. */
interface WrongCredit {
  readonly employerIndex: number;
  readonly month: Month;
  readonly former: SamplePerson;
  readonly newcomer: SamplePerson;
}

export const MONTHS: readonly Month[] = Array.from({ length: 12 }, (_, i) => addMonths(month('2025-01'), i));

/** Employers below this size keep their people all year. */
const SMALLEST_WITH_CHANGES = 6;
const LEAVES_PER_MILLE = 8;
const JOINS_PER_MILLE = 10;
/** Of those who leave, so many find work with another employer of the sample. */
const MOVES_PER_MILLE = 120;
const RAISES_PER_MILLE = { july: 300, otherwise: 20 };

const WRONG_CREDIT = {
  employerIndex: 19,
  name: '王芳',
  left: '2025-04',
  month: '2025-05',
  put: '2025-06',
  wage: '11200.00',
} as const;

type Staff = Map<SamplePerson, Money>;

/** Who works where in every month of the year: last month's people plus joiners less leavers are this month's. */
export function staffYear(employers: readonly SampleEmployer[]): StaffYear {
  return new StaffYearMaker(employers).make();
}

class StaffYearMaker {
  private readonly random = new Random('staff 2025');
  private readonly maker = new PeopleMaker(new Random('people'));
  private readonly registrations: Registration[] = [];
  private readonly former = this.maker.next(WRONG_CREDIT.name);
  private readonly newcomer = this.maker.next(WRONG_CREDIT.name);
  private readonly lookingForWork: { person: SamplePerson; left: number; from: Month }[] = [];
  private readonly staffs: readonly Staff[];

  constructor(private readonly employers: readonly SampleEmployer[]) {
    this.staffs = employers.map((employer, index) => this.firstStaff(employer, index));
  }

  make(): StaffYear {
    const { registrations, former, newcomer } = this;
    const months = new Map<Month, readonly (readonly StaffLine[])[]>();
    for (const each of MONTHS) {
      const first = each === MONTHS[0];
      const lines = this.employers.map((_, index) => (first ? staying(this.staffs[index]) : this.changes(each, index)));
      months.set(each, lines);
    }
    const { employerIndex } = WRONG_CREDIT;
    return {
      registrations,
      months,
      wrongCredit: { employerIndex, month: month(WRONG_CREDIT.month), former, newcomer },
    };
  }

  private firstStaff(employer: SampleEmployer, index: number): Staff {
    const staff: Staff = new Map();
    for (let place = 0; place < employer.size; place += 1) {
      const person = index === WRONG_CREDIT.employerIndex && place === 0 ? this.former : this.maker.next();
      staff.set(person, firstWage(this.random));
      const drawn = addMonths(month('2025-01'), -this.random.below(84));
      const from = latest(drawn, grownUp(person), monthOf(employer.registeredOn));
      this.registrations.push({ person, employer, from });
    }
    return staff;
  }

  private changes(at: Month, index: number): StaffLine[] {
    const { random } = this;
    const staff = this.staffs[index] as Staff;
    const lines: StaffLine[] = [];
    const scripted = index === WRONG_CREDIT.employerIndex ? this.scriptedChanges(at) : [];
    const before = staff.size;
    for (const [person, wage] of staff) {
      if (this.isLeaver(person, before, scripted)) {
        lines.push({ person, change: 'leave', wage: undefined });
        staff.delete(person);
        if (!this.isScripted(person) && random.perMille(MOVES_PER_MILLE)) {
          // Declared as a leaver this month, so free to join another employer from the next on.
          this.lookingForWork.push({ person, left: index, from: addMonths(at, 1) });
        }
        continue;
      }
      const raised = random.perMille(at.endsWith('-07') ? RAISES_PER_MILLE.july : RAISES_PER_MILLE.otherwise);
      const now = raised ? changedWage(wage, random) : wage;
      staff.set(person, now);
      lines.push({ person, change: 'stay', wage: now });
    }
    const join = (person: SamplePerson, wage: Money): void => {
      staff.set(person, wage);
      lines.push({ person, change: 'join', wage });
    };
    for (const { person, joins } of scripted) if (joins) join(person, Money.of(WRONG_CREDIT.wage));
    for (const person of this.joiners(at, index, before)) join(person, firstWage(random));
    return lines;
  }

  private joiners(at: Month, index: number, before: number): SamplePerson[] {
    if (before < SMALLEST_WITH_CHANGES) return [];
    const count = Array.from({ length: before }).filter(() => this.random.perMille(JOINS_PER_MILLE)).length;
    return Array.from({ length: count }, () => this.joiner(at, index));
  }

  private joiner(at: Month, index: number): SamplePerson {
    const place = this.lookingForWork.findIndex(({ left, from }) => left !== index && from <= at);
    if (place >= 0) return (this.lookingForWork.splice(place, 1)[0] as { person: SamplePerson }).person;
    const person = this.maker.next();
    this.registrations.push({ person, employer: this.employers[index] as SampleEmployer, from: at });
    return person;
  }

  private isLeaver(person: SamplePerson, staffBefore: number, scripted: readonly Scripted[]): boolean {
    if (this.isScripted(person)) return scripted.some((each) => each.person === person && !each.joins);
    return staffBefore >= SMALLEST_WITH_CHANGES && this.random.perMille(LEAVES_PER_MILLE);
  }

  private isScripted(person: SamplePerson): boolean {
    return person === this.former || person === this.newcomer;
  }

  /** April: the former colleague leaves. May: her number comes back, for the newcomer's work. June: put right. */
  private scriptedChanges(at: Month): Scripted[] {
    const { former, newcomer } = this;
    if (at === WRONG_CREDIT.left) return [{ person: former, joins: false }];
    if (at === WRONG_CREDIT.month) return [{ person: former, joins: true }];
    if (at !== WRONG_CREDIT.put) return [];
    const employer = this.employers[WRONG_CREDIT.employerIndex] as SampleEmployer;
    this.registrations.push({ person: newcomer, employer, from: at });
    return [
      { person: former, joins: false },
      { person: newcomer, joins: true },
    ];
  }
}

interface Scripted {
  readonly person: SamplePerson;
  readonly joins: boolean;
}

/** The month in which the person is 18. */
function grownUp({ citizenNumber }: SamplePerson): Month {
  return addMonths(monthOf(birthDateOf(citizenNumber)), 18 * 12);
}

function latest(...months: readonly Month[]): Month {
  return months.reduce((a, b) => (a < b ? b : a));
}

function staying(staff: Staff | undefined): StaffLine[] {
  return Array.from(staff ?? [], ([person, wage]) => ({ person, change: 'stay' as const, wage }));
}

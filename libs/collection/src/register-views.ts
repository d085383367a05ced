import type { StreamView } from '@provident/event-store';
import type { Month, Scheme } from '@provident/kernel';
import type { EmployerEvent, InsuredEvent } from '@provident/registry/events';

/** What collection needs to know of an employer. */
export interface EmployerFacts {
  readonly registered: boolean;
  readonly riskClasses: readonly { readonly from: Month | undefined; readonly riskClass: number }[];
}

/** What collection needs to know of a person. */
export interface InsuredFacts {
  readonly name: string | undefined;
  readonly enrolments: readonly {
    readonly employer: string;
    readonly schemes: readonly Scheme[];
    readonly from: Month;
    readonly lastMonth: Month | undefined;
  }[];
}

/** The register's employer stream, as collection reads it. */
export const employerView: StreamView<EmployerFacts, EmployerEvent> = {
  category: 'employer',
  initial: { registered: false, riskClasses: [] },
  evolve(state, { type, data }) {
    switch (type) {
      case 'EmployerRegistered':
        return { registered: true, riskClasses: [{ from: undefined, riskClass: data.riskClass }] };
      case 'EmployerRiskClassChanged':
        return { ...state, riskClasses: [...state.riskClasses, { from: data.from, riskClass: data.riskClass }] };
    }
  },
};

/** The register's stream of a person, as collection reads it. */
export const insuredView: StreamView<InsuredFacts, InsuredEvent> = {
  category: 'insured',
  initial: { name: undefined, enrolments: [] },
  evolve(state, { type, data }) {
    switch (type) {
      case 'PersonRegistered':
        return { ...state, name: data.name };
      case 'PersonEnrolled':
        return { ...state, enrolments: [...state.enrolments, { ...data, lastMonth: undefined }] };
      case 'EnrolmentEnded':
        return {
          ...state,
          enrolments: state.enrolments.map((each) =>
            each.employer === data.employer && each.lastMonth === undefined
              ? { ...each, lastMonth: data.lastMonth }
              : each,
          ),
        };
      case 'EnrolmentConflictFound':
        return state;
    }
  },
};

/** The risk class in force in a month. */
export function riskClassIn(employer: EmployerFacts, month: Month): number | undefined {
  return employer.riskClasses.findLast((each) => each.from === undefined || each.from <= month)?.riskClass;
}

/** The schemes in which a person takes part through an employer in a month; none when not enrolled there. */
export function schemesIn(person: InsuredFacts, employer: string, month: Month): readonly Scheme[] {
  return person.enrolments
    .filter((each) => each.employer === employer && covers(each, month))
    .flatMap((each) => each.schemes);
}

/** The enrolment through another employer that stands in the way of these schemes from a month on. */
export function enrolmentElsewhere(person: InsuredFacts, employer: string, schemes: readonly Scheme[], month: Month) {
  return person.enrolments.find(
    (each) =>
      each.employer !== employer &&
      (each.lastMonth === undefined || month <= each.lastMonth) &&
      each.schemes.some((scheme) => schemes.includes(scheme)),
  );
}

function covers(enrolment: InsuredFacts['enrolments'][number], month: Month): boolean {
  return enrolment.from <= month && (enrolment.lastMonth === undefined || month <= enrolment.lastMonth);
}

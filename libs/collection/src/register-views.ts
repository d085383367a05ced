import type { StreamView } from '@provident/event-store';
import { addMonths, type Month, type Scheme } from '@provident/kernel';
import { type EmployerEvent, type InsuredEvent, insuredEventSchemas } from '@provident/registry/events';

/** What collection needs to know of an employer. */
export interface EmployerFacts {
  /** Ever entered in the register; also when cancelled since, because money may still come. */
  readonly registered: boolean;
  readonly status: 'unregistered' | 'registered' | 'cancelling' | 'cancelled';
  /** Stretches of months without declarations; the open one has no end. */
  readonly suspensions: readonly { readonly from: Month; readonly resumed: Month | undefined }[];
  readonly riskClasses: readonly { readonly from: Month | undefined; readonly riskClass: number }[];
}

/** What collection needs to know of a person. */
export interface InsuredFacts {
  readonly name: string | undefined;
  /** The identity that the person goes on as, when this one was merged into it. */
  readonly mergedInto: string | undefined;
  readonly enrolments: readonly {
    readonly employer: string;
    readonly schemes: readonly Scheme[];
    readonly from: Month;
    readonly lastMonth: Month | undefined;
  }[];
  /** Participations that rest: months in which nothing is due. */
  readonly rests: readonly {
    readonly employer: string;
    readonly schemes: readonly Scheme[];
    readonly from: Month;
    readonly resumed: Month | undefined;
  }[];
}

/** The register's employer stream, as collection reads it. */
export const employerView: StreamView<EmployerFacts, EmployerEvent> = {
  category: 'employer',
  initial: { registered: false, status: 'unregistered', suspensions: [], riskClasses: [] },
  evolve(state, { type, data }) {
    switch (type) {
      case 'EmployerRegistered': {
        const riskClasses = [{ from: undefined, riskClass: data.riskClass }];
        return { registered: true, status: 'registered', suspensions: [], riskClasses };
      }
      case 'EmployerRiskClassChanged':
        return { ...state, riskClasses: [...state.riskClasses, { from: data.from, riskClass: data.riskClass }] };
      case 'EmployerParticularsChanged':
      case 'EmployerContactsErased':
        return state;
      case 'RegistrationSuspended':
        return { ...state, suspensions: [...state.suspensions, { from: data.from, resumed: undefined }] };
      case 'RegistrationResumed':
        return { ...state, suspensions: state.suspensions.map((each) => ended(each, data.from)) };
      case 'CancellationRequested':
        return { ...state, status: 'cancelling' };
      case 'CancellationRefused':
      case 'CancellationUndone':
        return { ...state, status: 'registered' };
      case 'RegistrationCancelled':
        return { ...state, status: 'cancelled' };
    }
  },
};

/** The register's stream of a person, as collection reads it. */
export const insuredView: StreamView<InsuredFacts, InsuredEvent> = {
  category: 'insured',
  schemas: insuredEventSchemas,
  initial: { name: undefined, mergedInto: undefined, enrolments: [], rests: [] },
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
          rests: state.rests.map((each) =>
            each.employer === data.employer ? ended(each, addMonths(data.lastMonth, 1)) : each,
          ),
        };
      case 'EnrolmentSuspended': {
        const { employer, schemes, from } = data;
        return { ...state, rests: [...state.rests, { employer, schemes, from, resumed: undefined }] };
      }
      case 'EnrolmentResumed':
        return { ...state, rests: state.rests.flatMap((each) => resumed(each, data)) };
      case 'PersonChanged':
        return { ...state, name: data.name ?? state.name };
      case 'IdentityMerged':
        return { ...state, mergedInto: data.survivor };
      case 'IdentityMergeUndone':
        return { ...state, mergedInto: undefined };
      case 'IdentityAbsorbed': {
        const absorbed = data.enrolments.map((each) => ({ ...each, lastMonth: each.lastMonth }));
        return { ...state, enrolments: [...state.enrolments, ...absorbed] };
      }
      case 'EnrolmentConflictFound':
      case 'EnrolmentConflictSettled':
      case 'PersonErased':
        return state;
    }
  },
};

type Rest = InsuredFacts['rests'][number];

function ended<Stretch extends { readonly resumed: Month | undefined }>(stretch: Stretch, from: Month): Stretch {
  return stretch.resumed === undefined ? { ...stretch, resumed: from } : stretch;
}

/** The rest with the schemes that go on parted from those that rest further. */
function resumed(rest: Rest, by: { employer: string; schemes: readonly Scheme[]; from: Month }): Rest[] {
  if (rest.employer !== by.employer || rest.resumed !== undefined) return [rest];
  const back = rest.schemes.filter((scheme) => by.schemes.includes(scheme));
  const resting = rest.schemes.filter((scheme) => !by.schemes.includes(scheme));
  return [
    ...(back.length === 0 ? [] : [{ ...rest, schemes: back, resumed: by.from }]),
    ...(resting.length === 0 ? [] : [{ ...rest, schemes: resting }]),
  ];
}

/** Whether the employer declares nothing for a month, because its registration rests. */
export function isSuspendedIn(employer: EmployerFacts, month: Month): boolean {
  return employer.suspensions.some((each) => restsIn(each, month));
}

function restsIn({ from, resumed }: { from: Month; resumed: Month | undefined }, month: Month): boolean {
  return from <= month && (resumed === undefined || month < resumed);
}

/** The risk class in force in a month. */
export function riskClassIn(employer: EmployerFacts, month: Month): number | undefined {
  return employer.riskClasses.findLast((each) => each.from === undefined || each.from <= month)?.riskClass;
}

/** The schemes in which a person takes part through an employer in a month; none when not enrolled there. */
export function schemesIn(person: InsuredFacts, employer: string, month: Month): readonly Scheme[] {
  const resting = person.rests.filter((each) => each.employer === employer && restsIn(each, month));
  return person.enrolments
    .filter((each) => each.employer === employer && covers(each, month))
    .flatMap((each) => each.schemes)
    .filter((scheme) => !resting.some((rest) => rest.schemes.includes(scheme)));
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

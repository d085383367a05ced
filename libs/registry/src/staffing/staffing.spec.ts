import { addMonths, businessDate, deterministicId, DomainError, lastDayOf, month } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { loadPolicy } from '@provident/policy';
import fc from 'fast-check';
import type { StaffingEvent } from './events.js';
import { changeReasons, cutOffDate } from './form-rules.js';
import { staffing, type StaffingCommand } from './staffing.js';

const EMPLOYER = '91350100M000100Y43';
const JUNE = month('2025-06');
const JULY = month('2025-07');
const cutOff = businessDate('2025-07-15');
const [ANNA, BERTA] = [deterministicId('anna'), deterministicId('berta')];
const reasons = ['新招录', '辞职'];
const of = { employer: EMPLOYER, month: JULY };
const open: StaffingCommand = { type: 'OpenStaffing', employer: EMPLOYER, month: JUNE, headcount: 10 };
const add = (personId: string, form = JULY): StaffingCommand => ({
  type: 'AddPerson',
  ...{ ...of, month: form, personId, schemes: ['pension'], reason: '新招录', reasons },
});
const reduce = (personId: string, form = JULY): StaffingCommand => ({
  type: 'ReducePerson',
  ...{ ...of, month: form, personId, reason: '辞职', reasons },
});
const submit = (headcount: number, form = JULY): StaffingCommand => ({
  type: 'SubmitForm',
  ...{
    employer: EMPLOYER,
    month: form,
    headcount,
    submittedOn: businessDate('2025-07-10'),
    cutOff,
    actor: 'user:clerk',
  },
});
const accept: StaffingCommand = {
  type: 'AcceptForm',
  ...of,
  acceptedOn: businessDate('2025-07-12'),
  actor: 'user:reviewer',
};
const giveBack: StaffingCommand = {
  type: 'ReturnForm',
  ...of,
  reason: '缺材料',
  returnedOn: businessDate('2025-07-11'),
};

function history(...commands: StaffingCommand[]): StaffingEvent[] {
  const events: StaffingEvent[] = [];
  for (const command of commands) {
    const outcome = given(staffing, ...events).when(command);
    if (outcome.refusal !== undefined) throw outcome.refusal;
    events.push(...outcome.events);
  }
  return events;
}

describe('a change form', () => {
  it('goes on from a headcount that is set once', () => {
    given(staffing).when(add(ANNA)).thenRefused('staffing-unknown');
    given(staffing).when(submit(0)).thenRefused('staffing-unknown');
    given(staffing, ...history(open))
      .when(open)
      .thenNothing();
    given(staffing, ...history(open))
      .when({ ...open, headcount: 11 })
      .thenRefused('staffing-already-open');
  });

  it('has a row per person, with a reason of the list in force', () => {
    const one = history(open, add(ANNA));
    given(staffing, ...one)
      .when(add(ANNA))
      .thenNothing();
    given(staffing, ...one)
      .when(reduce(ANNA))
      .thenRefused('person-on-form-already');
    given(staffing, ...one)
      .when({ ...add(BERTA), reason: '心情' } as StaffingCommand)
      .thenRefused('change-reason-unknown');
    given(staffing, ...one)
      .when(add(BERTA, month('2025-08')))
      .thenRefused('form-other-month');
    given(staffing, ...one)
      .when(add(BERTA, JUNE))
      .thenRefused('form-month-closed');
    given(staffing, ...one)
      .when({ type: 'RemoveRow', ...of, personId: ANNA })
      .thenTypes('ChangeRowRemoved');
  });

  it('is handed in while its counts agree, until the cut-off date', () => {
    const rows = history(open, add(ANNA), reduce(BERTA));
    given(staffing, ...rows)
      .when(submit(11))
      .thenRefused('headcount-differs');
    given(staffing, ...rows)
      .when({ ...submit(10), submittedOn: businessDate('2025-07-16') } as StaffingCommand)
      .thenRefused('form-late');
    const outcome = given(staffing, ...rows).when(submit(10));
    outcome.thenTypes('ChangeFormSubmitted');
    expect(outcome.events[0]?.data).toMatchObject({ headcountBefore: 10, added: 1, reduced: 1, headcount: 10 });
    given(staffing, ...history(open))
      .when(submit(10))
      .thenRefused('form-unknown');
  });

  it('is examined as handed in: given back and mended, or accepted', () => {
    const handedIn = history(open, add(ANNA), submit(11));
    given(staffing, ...handedIn)
      .when(add(BERTA))
      .thenRefused('form-under-examination');
    given(staffing, ...history(open, add(ANNA)))
      .when(accept)
      .thenRefused('form-unknown');
    given(staffing, ...handedIn)
      .when({ ...accept, actor: 'user:clerk' })
      .thenRefused('accepted-by-submitter');
    const again = history(open, add(ANNA), submit(11), giveBack, add(BERTA), submit(12), accept);
    expect(again.at(-1)?.data).toMatchObject({ headcount: 12, reduced: [] });
    given(staffing, ...again)
      .when(accept)
      .thenNothing();
    given(staffing, ...again)
      .when(add(ANNA, month('2025-08')))
      .thenRefused('person-already-added');
    given(staffing, ...again)
      .when(reduce(ANNA, month('2025-08')))
      .thenTypes('PersonReduced');
  });
});

it('takes reasons and the cut-off date from the policy', () => {
  const book = loadPolicy();
  expect(changeReasons(book, '310000', JULY, 'add')).toContain('新招录');
  expect(changeReasons(book, '310000', JULY, 'reduce')).toContain('辞职');
  expect(cutOffDate(book, '310000', JULY)).toMatch(/^2025-07-\d\d$/);
});

it('last month’s people plus joiners less leavers are this month’s, whatever is filled in', () => {
  const step = fc.record({ do: fc.nat({ max: 9 }), who: fc.nat({ max: 7 }), off: fc.constantFrom(0, 0, 0, 1, -1) });
  let forms = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const insured = new Set([0, 1, 2].map((who) => deterministicId('person', String(who))));
      let events: StaffingEvent[] = history({ ...open, headcount: insured.size });
      let current = JULY;
      for (const { do: what, who, off } of steps) {
        const personId = deterministicId('person', String(who));
        const state = events.reduce(staffing.evolve, staffing.initial);
        const rows = state.form?.rows ?? [];
        const joins = rows.filter(({ change }) => change === 'add').length;
        const headcount = insured.size + joins - (rows.length - joins) + off;
        const day = lastDayOf(current);
        const handed = {
          ...{ employer: EMPLOYER, month: current, headcount, submittedOn: day, cutOff: day },
          actor: 'user:clerk',
        };
        // The register itself knows who takes part; the form is asked only for what it allows.
        const row = insured.has(personId) ? reduce(personId, current) : add(personId, current);
        const commands: StaffingCommand[] = [
          ...Array<StaffingCommand>(5).fill(row),
          { type: 'RemoveRow', employer: EMPLOYER, month: current, personId },
          { type: 'SubmitForm', ...handed },
          { type: 'SubmitForm', ...handed },
          { type: 'ReturnForm', employer: EMPLOYER, month: current, reason: '补', returnedOn: day },
          { type: 'AcceptForm', employer: EMPLOYER, month: current, acceptedOn: day, actor: 'user:reviewer' },
        ];
        try {
          const decided = staffing.decide(commands[what] as StaffingCommand, state);
          events = [...events, ...decided];
          const accepted = decided.find((event) => event.type === 'ChangeFormAccepted');
          if (accepted === undefined) continue;
          for (const each of accepted.data.added) insured.add(each.personId);
          for (const each of accepted.data.reduced) insured.delete(each);
          if (accepted.data.headcount !== insured.size) throw new Error('The headcount is not the people.');
          forms += 1;
          current = addMonths(current, 1);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }
    }),
    { numRuns: 300, seed: 11 },
  );
  expect(forms).toBeGreaterThan(50);
});

import { addDays, type BusinessDate, businessDate, deterministicId, DomainError } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { administrators, type AdministratorsCommand, type AdministratorsState } from './administrators.js';
import { administratorsOn, coverageGaps } from './coverage.js';
import { type AdministratorsEvent, HANDOVER_KINDS } from './events.js';

const EMPLOYER = '91350100M000100Y43';
const citizenNumber = '11010519491231002X';
const hash = 'a'.repeat(64);
const day = businessDate;
const ZHANG = deterministicId('zhang');
const LI = deterministicId('li');
const HANDOVER = deterministicId('handover');

function file(filingId: string, account: string, from: string, until?: string, replaces?: string) {
  return {
    type: 'FileAdministrator' as const,
    ...{
      employer: EMPLOYER,
      filingId,
      administratorId: deterministicId('person', citizenNumber),
      name: '张三',
      citizenNumber,
    },
    ...{ phone: '021-1', account, from: day(from), authority: ['declaration' as const], letterHash: hash },
    ...(until === undefined ? {} : { until: day(until) }),
    ...(replaces === undefined ? {} : { replaces }),
    ...{ filedOn: day(from), actor: 'clerk:wang' },
  };
}
const verify = (filingId: string, on: string, actor = 'clerk:zhao') => ({
  type: 'VerifyAdministrator' as const,
  ...{ employer: EMPLOYER, filingId, verifiedOn: day(on), actor },
});
const list = HANDOVER_KINDS.map((kind, place) => ({ kind, description: kind, count: place + 1 }));
const start = (on: string, incoming = LI, items = list) => ({
  type: 'StartHandover' as const,
  ...{ employer: EMPLOYER, handoverId: HANDOVER, incoming, items, startedOn: day(on) },
});
const of = { employer: EMPLOYER, handoverId: HANDOVER };
const confirm = (item: number, found = item, actor = 'administrator:li') => ({
  type: 'ConfirmItem' as const,
  ...{ ...of, item, found, actor, confirmedOn: day('2025-06-02') },
});
const except = (item: number, found: number) => ({
  type: 'ExceptItem' as const,
  ...{ ...of, item, found, reason: '遗失', actor: 'administrator:li', exceptedOn: day('2025-06-02') },
});
const sign = (side: 'outgoing' | 'incoming', actor: string, on = '2025-06-03', inPlaceBecause?: string) => ({
  type: 'SignHandover' as const,
  ...{ ...of, side, actor, signatureHash: hash, signedOn: day(on) },
  ...(inPlaceBecause === undefined ? {} : { inPlaceBecause }),
});

/** Carries out commands one after the other; all their events. Every one of them must be accepted. */
function history(...commands: AdministratorsCommand[]): AdministratorsEvent[] {
  const events: AdministratorsEvent[] = [];
  for (const command of commands) {
    const outcome = given(administrators, ...events).when(command);
    if (outcome.refusal !== undefined) throw outcome.refusal;
    events.push(...outcome.events);
  }
  return events;
}
const stateOf = (events: readonly AdministratorsEvent[]): AdministratorsState =>
  events.reduce((state, event) => administrators.evolve(state, event), administrators.initial);
const actingOn = (events: readonly AdministratorsEvent[], date: string): string[] =>
  administratorsOn(stateOf(events), day(date)).map(({ account }) => account);

const first = [file(ZHANG, 'administrator:zhang', '2025-01-01', '2025-12-31'), verify(ZHANG, '2025-01-05')];
const both = [...first, file(LI, 'administrator:li', '2025-06-01', undefined, ZHANG), verify(LI, '2025-06-01')];
const settled = [...both, start('2025-06-01'), confirm(1), confirm(2), except(3, 1), confirm(4), confirm(5)];

describe('a filing', () => {
  it('gives the first administrator access from its verification until the end of its term', () => {
    expect(actingOn(history(file(ZHANG, 'administrator:zhang', '2025-01-01')), '2025-01-10')).toEqual([]);
    const events = history(...first);
    expect(actingOn(events, '2025-01-04')).toEqual([]);
    expect(actingOn(events, '2025-01-05')).toEqual(['administrator:zhang']);
    expect(actingOn(events, '2025-12-31')).toEqual(['administrator:zhang']);
    expect(actingOn(events, '2026-01-01')).toEqual([]);
  });

  it('is verified by somebody else, and has a right number and a term of its own', () => {
    const filed = history(file(ZHANG, 'administrator:zhang', '2025-01-01', '2025-12-31'));
    given(administrators, ...filed)
      .when(verify(ZHANG, '2025-01-05', 'clerk:wang'))
      .thenRefused('verified-by-filer');
    given(administrators, ...filed)
      .when(verify(ZHANG, '2025-01-05', 'administrator:zhang'))
      .thenRefused('verified-by-filer');
    given(administrators, ...filed)
      .when(verify(LI, '2025-01-05'))
      .thenRefused('administrator-unknown');
    given(administrators, ...filed)
      .when(file(LI, 'administrator:li', '2025-12-31'))
      .thenRefused('administrator-terms-overlap');
    given(administrators, ...filed)
      .when(file(LI, 'administrator:li', '2026-01-01'))
      .thenTypes('AdministratorFiled');
    given(administrators)
      .when({ ...file(LI, 'administrator:li', '2025-01-01'), citizenNumber: '110105194912310021' })
      .thenRefused('citizen-number-invalid');
    given(administrators)
      .when(file(LI, 'administrator:li', '2025-01-02', '2025-01-01'))
      .thenRefused('administrator-term-empty');
  });

  it('is changed for the time to come', () => {
    const change = {
      type: 'ChangeAdministrator' as const,
      ...{ employer: EMPLOYER, filingId: ZHANG, changedOn: day('2025-05-01'), reason: '延期' },
    };
    const events = history(...first, { ...change, until: day('2026-03-31') });
    expect(actingOn(events, '2026-02-01')).toEqual(['administrator:zhang']);
    given(administrators, ...history(...first))
      .when({ ...change, until: day('2025-04-30') })
      .thenRefused('administrator-term-past');
    given(administrators, ...history(...first))
      .when({ ...change, changedOn: day('2026-01-01'), until: day('2026-03-31') })
      .thenRefused('administrator-term-over');
  });
});

describe('a handover', () => {
  it('lists all five kinds, to a verified successor, one at a time', () => {
    given(administrators, ...history(...both))
      .when(start('2025-06-01', LI, list.slice(1)))
      .thenRefused('handover-kind-missing');
    given(administrators, ...history(...both.slice(0, 3)))
      .when(start('2025-06-01'))
      .thenRefused('administrator-unverified');
    given(administrators, ...history(...both))
      .when(start('2025-06-01', ZHANG))
      .thenRefused('handover-to-oneself');
    given(administrators, ...history(...settled))
      .when({ ...start('2025-06-02'), handoverId: deterministicId('second') })
      .thenRefused('handover-under-way-already');
    given(administrators, ...history(file(LI, 'administrator:li', '2025-01-01')))
      .when(start('2025-06-01'))
      .thenRefused('handover-from-nobody');
  });

  it('is settled item by item by who takes over', () => {
    const started = history(...both, start('2025-06-01'));
    given(administrators, ...started)
      .when(confirm(2, 1))
      .thenRefused('handover-count-differs');
    given(administrators, ...started)
      .when(confirm(2, 2, 'administrator:zhang'))
      .thenRefused('handover-not-yours');
    given(administrators, ...started)
      .when(confirm(6))
      .thenRefused('handover-item-unknown');
    given(administrators, ...started)
      .when(confirm(1))
      .thenTypes('HandoverItemConfirmed');
    given(administrators, ...started)
      .when(sign('outgoing', 'administrator:zhang'))
      .thenRefused('handover-unsettled');
  });

  it('moves access with the second signature and not before', () => {
    const events = history(...settled);
    given(administrators, ...events)
      .when(sign('outgoing', 'administrator:li'))
      .thenRefused('signature-not-own');
    const one = history(...settled, sign('outgoing', 'administrator:zhang'));
    // The successor's term has begun, but the one who hands over acts until it is done.
    expect(actingOn(one, '2025-06-03')).toEqual(['administrator:zhang']);
    given(administrators, ...one)
      .when(confirm(3, 3))
      .thenRefused('handover-signed');
    given(administrators, ...one)
      .when(sign('incoming', 'administrator:li'))
      .thenTypes('HandoverSigned', 'HandoverCompleted', 'AccessTransferred');
    const done = history(...settled, sign('outgoing', 'administrator:zhang'), sign('incoming', 'administrator:li'));
    expect(done.find(({ type }) => type === 'HandoverCompleted')?.data).toMatchObject({ confirmed: 4, excepted: 1 });
    expect(actingOn(done, '2025-06-02')).toEqual(['administrator:zhang']);
    expect(actingOn(done, '2025-06-03')).toEqual(['administrator:li']);
    given(administrators, ...done)
      .when(sign('incoming', 'administrator:li'))
      .thenNothing();
  });

  it('is signed in the place of an outgoing administrator who cannot, with the reason, by neither side', () => {
    const events = history(...settled);
    given(administrators, ...events)
      .when(sign('outgoing', 'administrator:li', '2025-06-03', '去世'))
      .thenRefused('signature-not-in-place');
    given(administrators, ...events)
      .when(sign('incoming', 'employer:head', '2025-06-03', '出差'))
      .thenRefused('signature-not-in-place');
    given(administrators, ...events)
      .when(sign('outgoing', 'employer:head', '2025-06-03', '去世'))
      .thenTypes('HandoverSigned');
  });

  it('that is withdrawn leaves access where it was', () => {
    const withdraw = { type: 'WithdrawHandover' as const, ...of, reason: '改期', withdrawnOn: day('2025-06-04') };
    const events = history(...settled, withdraw);
    expect(actingOn(events, '2025-06-04')).toEqual(['administrator:zhang']);
    given(administrators, ...events)
      .when(sign('outgoing', 'administrator:zhang'))
      .thenRefused('handover-over');
    given(administrators, ...events)
      .when(withdraw)
      .thenNothing();
  });
});

describe('coverage', () => {
  it('tells the days without a filed administrator', () => {
    const events = history(...first, file(LI, 'administrator:li', '2026-02-01'));
    const gaps = (from: string, to: string) => coverageGaps(stateOf(events), day(from), day(to));
    expect(gaps('2024-12-01', '2026-03-01')).toEqual([
      { from: '2024-12-01', to: '2024-12-31' },
      { from: '2026-01-01', to: '2026-01-31' },
    ]);
    expect(gaps('2025-03-01', '2025-03-01')).toEqual([]);
    expect(() => gaps('2025-03-02', '2025-03-01')).toThrow(DomainError);
  });
});

/** Random but plausible: a few filings, handovers among them, days that mostly go forwards. */
const steps = fc.array(
  fc.record({
    do: fc.constantFrom(
      ...(['file', 'replace', 'replace', 'verify', 'verify', 'verify', 'change', 'start', 'start'] as const),
      ...(['settle', 'settle', 'settle', 'settle', 'settle', 'settle', 'settle', 'settle'] as const),
      ...(['sign', 'sign', 'sign', 'sign', 'sign', 'withdraw'] as const),
    ),
    who: fc.nat({ max: 3 }),
    item: fc.integer({ min: 1, max: 5 }),
    days: fc.integer({ min: -1, max: 8 }),
    length: fc.option(fc.integer({ min: 0, max: 200 })),
    side: fc.constantFrom('outgoing' as const, 'incoming' as const),
    excepts: fc.boolean(),
    inPlace: fc.nat({ max: 4 }).map((chance) => chance === 0),
  }),
  { minLength: 30, maxLength: 90, size: 'max' },
);
type Step = typeof steps extends fc.Arbitrary<(infer Each)[]> ? Each : never;

const accountOf = (who: number) => `administrator:p${who}`;

function commandOf(step: Step, state: AdministratorsState, today: BusinessDate, place: number): AdministratorsCommand {
  const filing = state.filings[step.who % Math.max(1, state.filings.length)];
  const filingId = filing?.filingId ?? ZHANG;
  const open = state.handovers.at(-1);
  const handover = { employer: EMPLOYER, handoverId: open?.handoverId ?? HANDOVER };
  const account = (id: string | undefined) => state.filings.find((each) => each.filingId === id)?.account ?? 'clerk:x';
  const until = step.length === null ? undefined : addDays(today, step.length);
  switch (step.do) {
    case 'file':
    case 'replace':
      return file(
        ...([deterministicId('filing', String(place)), accountOf(place), today, until] as const),
        ...(step.do === 'replace' ? [state.access.at(-1)?.filingId ?? filingId] : []),
      );
    case 'verify':
      return verify(step.excepts ? filingId : (state.filings.at(-1)?.filingId ?? ZHANG), today);
    case 'change': {
      const change = { employer: EMPLOYER, filingId, changedOn: today, reason: '变更' };
      return { type: 'ChangeAdministrator', ...change, ...(until === undefined ? {} : { until }) };
    }
    case 'start':
      // Mostly to the newest, as it would be; now and then to anybody.
      return {
        ...start(today, step.excepts ? filingId : (state.filings.at(-1)?.filingId ?? LI)),
        handoverId: deterministicId('handover', String(place)),
      };
    case 'settle': {
      const actor = account(open?.incoming);
      const next = (open?.items.findIndex((each) => each.settled === undefined) ?? -1) + 1;
      const item = next === 0 ? step.item : next;
      if (step.excepts) return { ...except(item, 0), ...handover, actor, exceptedOn: today };
      return { ...confirm(item), ...handover, actor, confirmedOn: today };
    }
    case 'sign': {
      const inPlace = step.inPlace && step.side === 'outgoing';
      const actor = inPlace ? 'employer:head' : account(step.side === 'outgoing' ? open?.outgoing : open?.incoming);
      return { ...sign(step.side, actor, today, inPlace ? '离职' : undefined), ...handover };
    }
    case 'withdraw':
      return { type: 'WithdrawHandover', ...handover, reason: '改期', withdrawnOn: today };
  }
}

it('access moves only when every item is settled and both have signed; terms and access never overlap', () => {
  const seen = { transfers: 0, refused: 0 };
  fc.assert(
    fc.property(steps, (played) => {
      let state = stateOf(history(...first));
      let today = day('2025-01-01');
      for (const [place, step] of played.entries()) {
        today = addDays(today, step.days);
        const before = state;
        let events: readonly AdministratorsEvent[] = [];
        try {
          events = administrators.decide(commandOf(step, state, today, place), state);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          seen.refused += 1;
        }
        state = events.reduce((so, event) => administrators.evolve(so, event), state);
        const moved = state.access.length > before.access.length;
        const transfer = events.some(({ type }) => type === 'AccessTransferred');
        if (moved && before.access.length > 0 && !transfer) throw new Error('Access moved without a transfer.');
        if (transfer) {
          seen.transfers += 1;
          const { items, signed } = state.handovers.at(-1) ?? { items: [], signed: [] };
          const open = items.filter((each) => each.settled === undefined);
          if (items.length < 5 || open.length > 0) throw new Error('Access moved before every item was settled.');
          if (new Set(signed).size !== 2) throw new Error('Access moved before both had signed.');
        }
        checkNoOverlap(state);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
  expect(seen.transfers).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(100);
});

function checkNoOverlap(state: AdministratorsState): void {
  const terms = [...state.filings].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [place, term] of terms.entries()) {
    const next = terms[place + 1];
    if (next !== undefined && (term.until === undefined || term.until >= next.from)) throw new Error('Terms overlap.');
  }
  for (const { from } of state.access) {
    for (const off of [-1, 0, 1]) {
      if (administratorsOn(state, addDays(from, off)).length > 1) throw new Error('Two may act on one day.');
    }
  }
}

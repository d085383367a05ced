import { businessDate } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { loadPolicy } from '@provident/policy';
import fc from 'fast-check';
import { annualChecks } from './annual-checks.js';
import { certificate, type CertificateState } from './certificate.js';
import { certificateRule } from './certificate-rule.js';
import type { CertificateEvent } from './events.js';

const EMPLOYER = '91350100M000100Y43';
const AREA = '310000';
const day = businessDate;
const book = loadPolicy();
const terms = (on: string, isEnterprise = true) => ({
  ...{ employer: EMPLOYER, area: AREA, isEnterprise, issuedOn: day(on), rule: certificateRule(book, AREA, day(on)) },
});
const issue = (on: string, isEnterprise = true) => ({ type: 'IssueCertificate' as const, ...terms(on, isEnterprise) });
const replace = (on: string) => ({ type: 'ReplaceCertificate' as const, reason: 'lost' as const, ...terms(on) });
const check = (year: number, on: string) => ({
  type: 'CheckCertificate' as const,
  ...{ employer: EMPLOYER, year, checkedOn: day(on), rule: certificateRule(book, AREA, day(on)) },
});

function history(...commands: Parameters<typeof certificate.decide>[0][]): CertificateEvent[] {
  const events: CertificateEvent[] = [];
  for (const command of commands) events.push(...given(certificate, ...events).when(command).events);
  return events;
}
const stateOf = (events: readonly CertificateEvent[]): CertificateState =>
  events.reduce((state, event) => certificate.evolve(state, event), certificate.initial);

describe('a registration certificate', () => {
  it('is given out once, valid as long as the rule of the day says', () => {
    const [issued] = history(issue('2012-02-29'));
    expect(issued?.data).toMatchObject({ number: `${AREA}-${EMPLOYER}-001`, validUntil: '2016-02-28' });
    expect(issued?.data.rule).toMatchObject({ id: 'reg.certificate_annual_check', from: '1999-03-19' });
    given(certificate, ...history(issue('2012-02-29')))
      .when(issue('2012-02-29'))
      .thenNothing();
    given(certificate, ...history(issue('2012-02-29')))
      .when(issue('2012-03-01'))
      .thenRefused('certificate-already-issued');
    expect(history(issue('2015-05-05'))[0]?.data).not.toHaveProperty('validUntil');
  });

  it('is none of its own for an enterprise since it was merged into the licence', () => {
    given(certificate).when(issue('2025-01-05')).thenRefused('certificate-merged');
    given(certificate).when(issue('2025-01-05', false)).thenTypes('CertificateIssued');
  });

  it('is replaced by one with the next number', () => {
    given(certificate).when(replace('2013-01-01')).thenRefused('certificate-unknown');
    const events = history(issue('2012-01-01'), replace('2013-01-01'));
    expect(events[1]?.data).toMatchObject({ replaces: `${AREA}-${EMPLOYER}-001`, number: `${AREA}-${EMPLOYER}-002` });
    given(certificate, ...events)
      .when(replace('2012-12-31'))
      .thenRefused('certificate-out-of-order');
  });

  it('is checked yearly while the rule asks for it', () => {
    const events = history(issue('2012-05-01'));
    given(certificate, ...events)
      .when(check(2012, '2012-12-01'))
      .thenTypes('CertificateAnnuallyChecked');
    given(certificate, ...events)
      .when(check(2011, '2012-12-01'))
      .thenRefused('annual-check-out-of-order');
    given(certificate, ...events)
      .when(check(2015, '2015-06-01'))
      .thenRefused('annual-check-not-required');
    const checked = history(issue('2012-05-01'), check(2012, '2012-12-01'));
    given(certificate, ...checked)
      .when(check(2012, '2012-12-02'))
      .thenNothing();
    expect([...annualChecks(stateOf(checked), book, AREA, day('2015-03-01'))]).toEqual([
      { year: 2012, status: 'done' },
      { year: 2013, status: 'open' },
      { year: 2014, status: 'not-required' },
      { year: 2015, status: 'not-required' },
    ]);
  });
});

it('no number is ever given twice, and one certificate counts', () => {
  const commands = fc.array(
    fc.record({
      replaces: fc.boolean(),
      year: fc.integer({ min: 2000, max: 2013 }),
      day: fc.integer({ min: 10, max: 28 }),
    }),
    { maxLength: 30 },
  );
  let most = 0;
  fc.assert(
    fc.property(commands, (given) => {
      const events = history(
        ...given.map(({ replaces, year, day: of }) =>
          replaces ? replace(`${year}-05-${of}`) : issue(`${year}-05-${of}`),
        ),
      );
      const numbers = stateOf(events).certificates.map(({ number }) => number);
      most = Math.max(most, numbers.length);
      expect(new Set(numbers).size).toBe(numbers.length);
      const counting = stateOf(events).certificates.filter(({ replacedBy }) => replacedBy === undefined);
      expect(counting.length).toBe(Math.min(1, numbers.length));
    }),
    { numRuns: 200, seed: 3 },
  );
  expect(most).toBeGreaterThan(3);
});

import { AccountHistory } from '../testing/account-history.js';
import { personalStatement } from '../personal-statement.js';
import { explainFigure } from './explain-figure.js';
import { figureName } from './figure-name.js';

const history = new AccountHistory();
for (const month of ['10', '11', '12']) history.credit(`2024-${month}`, '11800.00', `2024-${month}-20`);
history.close(2024);
const wrong = history.credit('2025-01', '9999.00', '2025-01-20');
history.credit('2025-02', '12345.67', '2025-02-20');
history.reverse(wrong, '2025-03-05', '误记');
history.credit('2025-01', '12345.67', '2025-03-05', wrong.creditId);

const closed = new AccountHistory();
closed.credit('2025-01', '12345.67', '2025-01-20');
closed.close(2025);

const explain = (figure: string, { events } = history) =>
  explainFigure(figure, figureName(figure), {
    statement: personalStatement(2025, events),
    events,
    declared: undefined,
  });

describe('an explanation', () => {
  it('ends in the figure that it explains, whichever it is', () => {
    const { months, corrections } = personalStatement(2025, history.events);
    const figures = [
      ...months.flatMap(({ month, lines }) => [
        ...['base', 'account', 'employer', 'employee', 'total'].map((what) => `month.${month}.${what}`),
        ...lines.map(({ scheme, payer }) => `month.${month}.${scheme}.${payer}`),
      ]),
      ...['year.pension.employee', 'year.medical.employer', 'year.employer', 'year.employee', 'year.total'],
      ...['opening', 'credited', 'closing', 'months', 'interest'].map((what) => `account.${what}`),
      ...corrections.map(({ eventId }) => `correction.${eventId}`),
    ];
    expect(figures.length).toBeGreaterThan(30);
    for (const figure of figures) {
      const { amount, steps, title } = explain(figure);
      expect([figure, steps.at(-1)?.value]).toEqual([figure, amount]);
      expect(title.zh.length * title.en.length).toBeGreaterThan(0);
    }
  });

  it('names the events behind a figure', () => {
    expect(explain('account.opening').events.map(({ type }) => type)).toEqual(['YearClosed']);
    expect(explain('account.credited').events.map(({ type }) => type)).toEqual([
      ...['ContributionCredited', 'ContributionCredited', 'ContributionCreditReversed', 'ContributionCredited'],
    ]);
    const [red] = personalStatement(2025, history.events).corrections;
    expect(explain(`correction.${red?.eventId ?? ''}`).events.map(({ type }) => type)).toEqual([
      ...['ContributionCredited', 'ContributionCreditReversed'],
    ]);
  });

  it('writes out the sums', () => {
    expect(explain('account.credited').steps[0]?.working).toBe('799.92 + 987.65 − 799.92 + 987.65');
    expect(explain('account.months').steps[0]?.working).toBe('2024: 3 + 2025: 2');
  });

  it('gives the interest by its formula, with the parameter and its article', () => {
    const { amount, steps } = explain('account.interest', closed);
    expect(steps.map(({ figure }) => figure)).toEqual(['openingInterest', 'creditInterest', 'interest']);
    expect(steps.at(-1)).toMatchObject({ value: amount, parameters: [{ legalBasis: '人社厅发〔2025〕1号' }] });
  });

  it.each(['month.2025-13.base', 'month.2025-01.pension.nobody', 'year', 'year.a.b.c', 'account.interest.more', ''])(
    'does not know %p',
    (figure) => expect(() => explain(figure)).toThrow('A statement has no such figure.'),
  );

  it.each(['month.2025-09.base', 'month.2025-01.maternity.employer', 'year.maternity.employer', 'correction.x'])(
    'says that this statement does not have %p',
    (figure) => expect(() => explain(figure)).toThrow('This statement does not have that figure.'),
  );
});

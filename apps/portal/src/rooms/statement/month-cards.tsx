import { day, month as monthText } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { columnsOf, lineOf } from './columns.js';
import { type Asking, Figure } from './figure.js';
import type { Statement } from './use-record.js';

/** The months of a year on a phone: one under the other, each with its lines. */
export function MonthCards({ statement, ask }: Asking & { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const { months, corrections, employers } = statement;
  const columns = columnsOf(statement);
  return (
    <section aria-label={say('months')}>
      {months.map(({ month, employer, base, lines, paid, accountAmount, creditedOn }) => (
        <details key={month} className="month-card">
          <summary>
            <span>{monthText(month, language)}</span>
            <span className="figure">
              {say('byMe')} {money(paid.employee)}
            </span>
          </summary>
          <p className="record-note">{employers[employer] ?? employer}</p>
          <dl className="lines">
            <Row title={say('base')}>
              <Figure name={`month.${month}.base`} amount={base} ask={ask} />
            </Row>
            {columns.map((column) => {
              const amount = lineOf(lines, column);
              if (amount === undefined) return null;
              const payer = say(column.payer === 'employer' ? 'byEmployer' : 'byMe');
              return (
                <Row key={column.name} title={`${say(`scheme.${column.scheme}`)} · ${payer}`}>
                  <Figure name={`month.${month}.${column.name}`} amount={amount} ask={ask} />
                </Row>
              );
            })}
            <Row title={say('toAccount')}>
              <Figure name={`month.${month}.account`} amount={accountAmount} ask={ask} />
            </Row>
            <Row title={say('creditedOn')}>{day(creditedOn, language)}</Row>
          </dl>
        </details>
      ))}
      {corrections.map(({ eventId, month, paid, accountAmount, reversedOn, reason }) => (
        <div key={eventId} className="month-card record-red">
          <strong>
            {say('corrections')} {monthText(month, language)}
          </strong>
          <dl className="lines">
            <Row title={say('byMe')}>{money(paid.employee)}</Row>
            <Row title={say('toAccount')}>
              <Figure name={`correction.${eventId}`} amount={accountAmount} ask={ask} />
            </Row>
            <Row title={say('reason')}>{reason}</Row>
            <Row title={say('day')}>{day(reversedOn, language)}</Row>
          </dl>
        </div>
      ))}
    </section>
  );
}

function Row({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

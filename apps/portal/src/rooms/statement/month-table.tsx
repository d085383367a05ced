import { day } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { type Asking, Figure } from './figure.js';
import { columnsOf, lineOf, type SchemePayer } from './columns.js';
import type { Statement } from './use-record.js';

/** The months of a year, one row each, with what each payer paid for each scheme. */
export function MonthTable({ statement, ask }: Asking & { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const { months, totals, paid, employers } = statement;
  const columns = columnsOf(statement);
  return (
    <div className="record-scroll" role="region" aria-label={say('months')} tabIndex={0}>
      <table className="record-table">
        <Head columns={columns} />
        <tbody>
          {months.map(({ month, employer, base, lines, paid: sums, accountAmount, creditedOn }) => (
            <tr key={month}>
              <th scope="row">{month}</th>
              <td className="record-employer">{employers[employer] ?? employer}</td>
              <td className="figure">
                <Figure name={`month.${month}.base`} amount={base} ask={ask} />
              </td>
              {columns.map((column) => (
                <td key={column.name} className="figure">
                  <Line name={`month.${month}.${column.name}`} amount={lineOf(lines, column)} ask={ask} />
                </td>
              ))}
              <td className="figure">
                <Figure name={`month.${month}.employer`} amount={sums.employer} ask={ask} />
              </td>
              <td className="figure">
                <Figure name={`month.${month}.employee`} amount={sums.employee} ask={ask} />
              </td>
              <td className="figure">
                <Figure name={`month.${month}.account`} amount={accountAmount} ask={ask} />
              </td>
              <td className="figure">{day(creditedOn, language)}</td>
            </tr>
          ))}
          <tr className="record-total">
            <th scope="row" colSpan={3}>
              {say('total')}
            </th>
            {columns.map((column) => (
              <td key={column.name} className="figure">
                <Line name={`year.${column.name}`} amount={lineOf(totals, column)} ask={ask} />
              </td>
            ))}
            <td className="figure">
              <Figure name="year.employer" amount={paid.employer} ask={ask} />
            </td>
            <td className="figure">
              <Figure name="year.employee" amount={paid.employee} ask={ask} />
            </td>
            <td colSpan={2} />
          </tr>
        </tbody>
        <Corrections statement={statement} ask={ask} columns={columns} />
      </table>
    </div>
  );
}

/** What was taken back in red, with the reason. */
function Corrections(props: Asking & { readonly statement: Statement; readonly columns: readonly SchemePayer[] }) {
  const { statement, columns, ask } = props;
  const { corrections, employers } = statement;
  const say = useText(statementWords);
  const { language } = useLanguage();
  if (corrections.length === 0) return null;
  return (
    <tbody className="record-red">
      <tr>
        <th scope="rowgroup" colSpan={columns.length + 7}>
          {say('corrections')}
        </th>
      </tr>
      {corrections.map(({ eventId, month, employer, base, lines, paid: sums, accountAmount, reversedOn, reason }) => (
        <tr key={eventId}>
          <th scope="row">{month}</th>
          <td className="record-employer">
            {employers[employer] ?? employer}
            <div className="record-reason">{reason}</div>
          </td>
          <td className="figure">{money(base)}</td>
          {columns.map((column) => (
            <td key={column.name} className="figure">
              {amountIn(lineOf(lines, column))}
            </td>
          ))}
          <td className="figure">{money(sums.employer)}</td>
          <td className="figure">{money(sums.employee)}</td>
          <td className="figure">
            <Figure name={`correction.${eventId}`} amount={accountAmount} ask={ask} />
          </td>
          <td className="figure">{day(reversedOn, language)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Head({ columns }: { readonly columns: readonly SchemePayer[] }) {
  const say = useText(statementWords);
  const schemes = [...new Set(columns.map(({ scheme }) => scheme))];
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          {say('month')}
        </th>
        <th scope="col" rowSpan={2}>
          {say('employer')}
        </th>
        <th scope="col" rowSpan={2} className="figure">
          {say('base')}
        </th>
        {schemes.map((scheme) => (
          <th
            key={scheme}
            scope="colgroup"
            colSpan={columns.filter((each) => each.scheme === scheme).length}
            className="record-group"
          >
            {say(`scheme.${scheme}`)}
          </th>
        ))}
        <th scope="colgroup" colSpan={2} className="record-group">
          {say('sum')}
        </th>
        <th scope="col" rowSpan={2} className="figure">
          {say('toAccount')}
        </th>
        <th scope="col" rowSpan={2} className="figure">
          {say('creditedOn')}
        </th>
      </tr>
      <tr>
        {columns.map(({ name, payer }) => (
          <th key={name} scope="col" className="figure">
            {say(payer === 'employer' ? 'byEmployer' : 'byMe')}
          </th>
        ))}
        <th scope="col" className="figure">
          {say('byEmployer')}
        </th>
        <th scope="col" className="figure">
          {say('byMe')}
        </th>
      </tr>
    </thead>
  );
}

function Line({ name, amount, ask }: Asking & { readonly name: string; readonly amount: string | undefined }) {
  return amount === undefined ? null : <Figure name={name} amount={amount} ask={ask} />;
}

function amountIn(amount: string | undefined): string {
  return amount === undefined ? '' : money(amount);
}

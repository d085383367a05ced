import { Typography } from 'antd';
import { day, month as monthText } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { type Asking, Figure } from './figure.js';
import type { Statement } from './use-record.js';

/** The personal account from its opening balance to the closing one, movement by movement. */
export function AccountTable({ statement, ask }: Asking & { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const { opening, provisional, movements, credited, interest, closing, closed } = statement.account;
  return (
    <section>
      <Typography.Title level={2} className="record-section">
        {say('account')}
      </Typography.Title>
      <dl className="lines account-sums">
        <div>
          <dt>
            {say('opening')} {provisional ? `(${say('provisional')})` : ''}
          </dt>
          <dd>
            <Figure name="account.opening" amount={opening} ask={ask} />
          </dd>
        </div>
        <div>
          <dt>{say('credited')}</dt>
          <dd>
            <Figure name="account.credited" amount={credited} ask={ask} />
          </dd>
        </div>
        {interest === undefined ? null : (
          <div>
            <dt>{say('interest')}</dt>
            <dd>
              <Figure name="account.interest" amount={interest.total} ask={ask} />
            </dd>
          </div>
        )}
        <div className="account-closing">
          <dt>{say(closed ? 'closing' : 'toDate')}</dt>
          <dd>
            <Figure name="account.closing" amount={closing} ask={ask} />
          </dd>
        </div>
      </dl>
      <details className="movements">
        <summary>{say('movement')}</summary>
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{say('day')}</th>
              <th scope="col">{say('movement')}</th>
              <th scope="col" className="figure">
                {say('amount')}
              </th>
              <th scope="col" className="figure">
                {say('after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {movements.map(({ eventId, kind, on, month = '', amount, balance }) => (
              <tr key={eventId} className={kind === 'reversal' ? 'record-red' : ''}>
                <td>{day(on, language)}</td>
                <td>{say(`kind.${kind}`, { month: monthText(month, language) })}</td>
                <td className="figure">{money(amount)}</td>
                <td className="figure">{money(balance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

import { count } from '../../format/money.js';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';
import type { SheetCheck } from './send-file.js';

/** The faulty rows as they stand in the sheet, the cells that are wrong marked, and beside each row what is wrong. */
export function FaultRows({ check }: { readonly check: SheetCheck }) {
  const say = useText(deskWords);
  const name = useNames();
  const { columns, rows, elsewhere, notShown } = check;
  return (
    <>
      <div className="record-scroll" role="region" aria-label={say('faultRows')} tabIndex={0}>
        <table className="record-table fault-table">
          <thead>
            <tr>
              <th scope="col">{say('row')}</th>
              {columns.map(({ letter, title }) => (
                <th key={letter} scope="col">
                  <span className="fault-letter">{letter}</span> {title}
                </th>
              ))}
              <th scope="col">{say('problem')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, cells, faults }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                {columns.map(({ letter }, place) => {
                  const fault = faults.find(({ column }) => column === place);
                  return (
                    <td key={letter} className={fault === undefined ? '' : 'fault-cell'}>
                      {cells[place] ?? ''}
                    </td>
                  );
                })}
                <td className="fault-reasons">
                  {faults.map(({ column, code, reason }) => (
                    <div key={`${column ?? ''} ${code}`}>
                      {column === undefined ? '' : `${columns[column]?.letter ?? ''}: `}
                      {name(reason)}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {elsewhere.length === 0 ? null : (
        <section>
          <h2 className="card-title">{say('elsewhere')}</h2>
          <ul>
            {elsewhere.map(({ reason }) => (
              <li key={reason.en}>
                {name(reason)}
                {reason.zh === reason.en ? null : <div className="record-note">{reason.en}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {notShown > 0 ? <p>{say('notShown', { count: count(notShown) })}</p> : null}
    </>
  );
}

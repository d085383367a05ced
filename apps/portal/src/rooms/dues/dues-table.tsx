import type { ReactNode } from 'react';
import { ScrollRegion } from '../../shell/scroll-region.js';

/** One part of what is owed as a table; nothing where it has no rows. The first cell of a row heads it. */
export function DuesTable(props: {
  readonly title: string;
  readonly total?: ReactNode;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  const { title, total, columns, rows } = props;
  if (rows.length === 0) return null;
  return (
    <section className="dues-part">
      <h3 className="dues-title">
        {title} {total}
      </h3>
      <ScrollRegion label={title}>
        <table className="record-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([head, ...cells], row) => (
              <tr key={row}>
                <th scope="row">{head}</th>
                {cells.map((cell, place) => (
                  <td key={place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

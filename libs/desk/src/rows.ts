import type { Cell, TableDefinition } from '@provident/projections';

type Cells<Table extends TableDefinition> = Partial<Record<keyof Table['columns'], Cell | undefined>>;

/** A row in the order of the table's columns; what is not named stays as it is. */
export function rowOf<Table extends TableDefinition>(table: Table, cells: Cells<Table>): Cell[] {
  return Object.keys(table.columns).map((name) => cells[name as keyof Table['columns']] ?? null);
}

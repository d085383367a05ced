/** Title of the column in which a marked copy tells the faults. It is overlooked when such a copy is read. */
export const FAULT_COLUMN = '导入问题/import_faults';

export function isFaultColumn(title: string): boolean {
  return title === FAULT_COLUMN;
}

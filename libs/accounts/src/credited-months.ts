import { type Month, monthOfYear } from '@provident/kernel';

/** Per calendar year a mask of contribution months: bit 0 is January. */
export type CreditedMonths = Readonly<Record<string, number>>;

export function isCredited(months: CreditedMonths, month: Month): boolean {
  return ((months[yearPart(month)] ?? 0) & bitOf(month)) !== 0;
}

export function withMonth(months: CreditedMonths, month: Month, credited: boolean): CreditedMonths {
  const year = yearPart(month);
  const before = months[year] ?? 0;
  return { ...months, [year]: credited ? before | bitOf(month) : before & ~bitOf(month) };
}

/** The months that stand in either. */
export function together(some: CreditedMonths, others: CreditedMonths): CreditedMonths {
  const union: Record<string, number> = { ...some };
  for (const [year, mask] of Object.entries(others)) union[year] = (union[year] ?? 0) | mask;
  return union;
}

export function countOf(months: CreditedMonths): number {
  return Object.values(months).reduce((sum, mask) => sum + bitCount(mask), 0);
}

function yearPart(month: Month): string {
  return month.slice(0, 4);
}

function bitOf(month: Month): number {
  return 1 << (monthOfYear(month) - 1);
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

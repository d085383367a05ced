import { DomainError } from '@provident/kernel';

export const NATION = '000000';

/** An area and those that contain it, nearest first: county, city, province, nation (GB/T 2260 division codes). */
export function areaChain(area: string): readonly string[] {
  if (!/^\d{6}$/.test(area)) {
    throw new DomainError(
      'area-malformed',
      `"${area}" is not an area.`,
      'An area is the six-digit division code of GB/T 2260, 000000 for the nation.',
      'Write Shanghai as 310000.',
      { value: area },
    );
  }
  return [...new Set([area, `${area.slice(0, 4)}00`, `${area.slice(0, 2)}0000`, NATION])];
}

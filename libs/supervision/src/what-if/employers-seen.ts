import type { EmployerEvent } from '@provident/registry/events';
import type { Month } from '@provident/kernel';

interface Seen {
  readonly riskClasses: { readonly from: Month | undefined; readonly riskClass: number }[];
  unitType: string | undefined;
}

/** What the log has told of employers so far: what their contributions depend on, and what kind they are. */
export class EmployersSeen {
  private readonly seen = new Map<string, Seen>();

  take({ type, data }: EmployerEvent): void {
    if (type === 'EmployerRegistered') {
      const riskClasses = [{ from: undefined, riskClass: data.riskClass }];
      this.seen.set(data.creditCode, { riskClasses, unitType: undefined });
    }
    const employer = this.seen.get(data.creditCode);
    if (employer === undefined) return;
    if (type === 'EmployerRiskClassChanged') employer.riskClasses.push({ from: data.from, riskClass: data.riskClass });
    if (type === 'EmployerParticularsChanged' && data.unitType !== undefined) employer.unitType = data.unitType;
  }

  /** The risk class in force in a month; of an unknown employer there is none. */
  riskClassIn(creditCode: string, month: Month): number | undefined {
    const classes = this.seen.get(creditCode)?.riskClasses;
    return classes?.findLast((each) => each.from === undefined || each.from <= month)?.riskClass;
  }

  unitTypeOf(creditCode: string): string {
    return this.seen.get(creditCode)?.unitType ?? 'not registered';
  }
}

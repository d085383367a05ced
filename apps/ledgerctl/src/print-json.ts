/** Prints a result for machines: amounts and positions as texts. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each), 2));
}

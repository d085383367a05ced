/** A citizen number (GB 11643): seventeen digits and a check character. */
const CITIZEN_NUMBER = /\d{17}[\dXx]/g;
/** The part of an address that signs in: `scheme://user:password@`. */
const CREDENTIALS = /\/\/[^/@\s]+@/g;

/** A mobile number, a citizen number or the number of a bank account. */
const NUMBER_OF_SOMEBODY = /(?<!\w)(1[3-9]\d{9}|\d{15,19}X?)(?!\w)/i;

/** Whether an id that a caller chose is, or holds, the number of a person: such ids are kept and logged. */
export function namesSomebody(id: string): boolean {
  return NUMBER_OF_SOMEBODY.test(id);
}

/** A text for the log: without citizen numbers and passwords, which errors of other parts may quote. */
export function redact(text: string): string {
  return text.replace(CITIZEN_NUMBER, '[citizen number]').replace(CREDENTIALS, '//');
}

/** An error for the log. Other fields are left out: a database's error carries the rows concerned. */
export function errorFields(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { type: typeof error, message: redact(String(error)) };
  const code = 'code' in error && ['string', 'number'].includes(typeof error.code) ? String(error.code) : undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: redact(error.message),
    ...(error.stack === undefined ? {} : { stack: redact(error.stack) }),
  };
}

/** What was thrown, as an error: some libraries throw texts. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

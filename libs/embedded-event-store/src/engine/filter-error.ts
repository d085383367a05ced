/** A client asked for a filter that the server does not run: malformed, above a limit, or too slow. */
export class FilterError extends Error {}

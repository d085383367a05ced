import type { components } from './office.js';

/** The office's error answers (RFC 9457). Status 0: the office did not answer at all. */
export type Problem = components['schemas']['Problem'];

/** A request that was refused or failed, with the problem that says why. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }

  get code(): string {
    return this.problem.type.replace('urn:provident:problem:', '');
  }
}

export function problemOf(body: unknown, { status, statusText }: Response): Problem {
  if (typeof body === 'object' && body !== null && 'title' in body && 'type' in body) return body as Problem;
  return { type: `urn:provident:problem:http-${status}`, title: statusText, status };
}

export function problemIn(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return {
    type: 'urn:provident:problem:page',
    title: error instanceof Error ? error.message : String(error),
    status: -1,
  };
}

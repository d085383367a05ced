/** Somebody tried to write or delete a stream that a system projection keeps. */
export class DerivedStreamError extends Error {
  constructor(stream: string) {
    super(
      `'${stream}' is kept by a system projection and cannot be written or deleted. Write to the streams it is derived from, or start the server without system projections.`,
    );
  }
}

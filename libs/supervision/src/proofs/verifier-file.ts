import { createRequire } from 'node:module';

/** Where the stand-alone verifier lies: the same file for the source tree and for what was built from it. */
export function verifierFile(): string {
  return createRequire(__filename).resolve('#verifier');
}

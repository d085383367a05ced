import { createHash } from 'node:crypto';
import { INDICATORS } from '../definitions.js';

/** SHA-256 of what the indicators mean in this program. */
export const DEFINITIONS_SHA256 = createHash('sha256').update(JSON.stringify(INDICATORS)).digest('hex');

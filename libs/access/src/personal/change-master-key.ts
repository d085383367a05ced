import type { SigningKeys } from '../sign-in/signing-keys.js';
import type { InstallationSecrets } from './person-index.js';
import type { PersonKeys } from './person-keys.js';

/**
 * Leaves nothing wrapped by an earlier master key: wraps person keys and secrets anew and makes a signing key. Give the
 * new master key as the present one and the old one as earlier; when this has ended, the old one may go. Cut short, it is
 * repeated. Answers how many person keys were wrapped anew. Ciphertexts and ids stay as they are.
 */
export async function changeMasterKey(
  keys: PersonKeys,
  secrets: InstallationSecrets,
  signing: SigningKeys,
): Promise<number> {
  await secrets.rewrap();
  await signing.rotate();
  return keys.rewrap();
}

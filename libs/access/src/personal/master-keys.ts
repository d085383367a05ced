import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { BrokenInvariant, DomainError } from '@provident/kernel';

/**
 * Wraps and unwraps keys of 32 bytes. The local master key does it here; a key management service does it behind the
 * same interface. `purpose` is authenticated with the key, so that one wrapped key cannot be put in another's place.
 */
export interface KeyWrapper {
  /** Names the wrapping key in the vault, so that it is known which one unwraps a row. Not secret. */
  readonly id: string;
  wrap(key: Buffer, purpose: string): Promise<Buffer>;
  unwrap(wrapped: Buffer, purpose: string): Promise<Buffer>;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A master key of 256 bits held in memory, wrapping by AES-256-GCM. */
export class LocalMasterKey implements KeyWrapper {
  readonly id: string;

  private readonly key: KeyObject;

  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw malformedKey();
    this.key = createSecretKey(key);
    this.id = `local-${createHmac('sha256', key).update('provident master key id').digest('hex').slice(0, 16)}`;
  }

  /** Reads 32 bytes written in base64. Throws `config-invalid`, without repeating what it was given. */
  static from(base64: string): LocalMasterKey {
    const text = base64.trim();
    const key = Buffer.from(text, 'base64');
    if (key.toString('base64') !== text) throw malformedKey();
    return new LocalMasterKey(key);
  }

  wrap(key: Buffer, purpose: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(purpose));
    return Promise.resolve(Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]));
  }

  async unwrap(wrapped: Buffer, purpose: string): Promise<Buffer> {
    const [nonce, body] = [wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES, -TAG_BYTES)];
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(wrapped.subarray(-TAG_BYTES));
    return Promise.resolve(Buffer.concat([decipher.update(body), decipher.final()]));
  }
}

/** The master key in use, and earlier ones that still unwrap what has not been wrapped anew. */
export class MasterKeys {
  private readonly byId: ReadonlyMap<string, KeyWrapper>;

  constructor(
    readonly current: KeyWrapper,
    earlier: readonly KeyWrapper[] = [],
  ) {
    this.byId = new Map([...earlier, current].map((each) => [each.id, each]));
  }

  wrap(key: Buffer, purpose: string): Promise<Buffer> {
    return this.current.wrap(key, purpose);
  }

  unwrap(wrapped: Buffer, wrapper: string, purpose: string): Promise<Buffer> {
    const key = this.byId.get(wrapper);
    if (key !== undefined) return key.unwrap(wrapped, purpose);
    throw new BrokenInvariant(
      `The vault holds keys wrapped by the master key ${wrapper}, which this process was not given. Give it as an earlier master key until everything has been wrapped anew.`,
    );
  }
}

function malformedKey(): DomainError {
  return new DomainError(
    'config-invalid',
    'The master key is not 32 bytes in base64.',
    'Personal data is encrypted by AES-256, whose keys have 256 bits.',
    'Make one with: openssl rand -base64 32',
  );
}

import type { ProviderOptions, RateOptions } from '@provident/access';
import type { Environment } from './environment.js';

/** How people sign in, and how much they may ask. */
export interface AccessConfig {
  /** An OpenID Connect provider; local accounts alone when absent. */
  readonly provider: ProviderOptions | undefined;
  readonly rates: RateOptions;
}

/** Sign-ins of one address in a minute: passwords are not tried out. No setting loosens it. */
const SIGN_INS = { burst: 20, perMinute: 20 };
/** So much of a minute's requests may come at once. */
const AT_ONCE = 5;

/** Throws `config-invalid`, naming the variable. */
export function accessConfigOf(environment: Environment): AccessConfig {
  const rate = (name: 'RATE_PER_ADDRESS' | 'RATE_PER_USER') => {
    const perMinute = environment.whole(name, 10, 100_000_000);
    return { burst: Math.ceil(perMinute / AT_ONCE), perMinute };
  };
  return {
    provider: providerOf(environment),
    rates: { addresses: rate('RATE_PER_ADDRESS'), users: rate('RATE_PER_USER'), signIns: SIGN_INS },
  };
}

function providerOf(environment: Environment): ProviderOptions | undefined {
  const web = /^https?:\/\/[^/\s]/;
  const issuer = environment.matching('OIDC_ISSUER', web, 'an address such as https://id.example.cn');
  const redirectUri = environment.matching('OIDC_REDIRECT_URI', web, 'an address such as https://sb.example.cn/api/…');
  const [clientId, clientSecret] = [environment.text('OIDC_CLIENT_ID'), environment.text('OIDC_CLIENT_SECRET')];
  if (issuer === undefined) {
    if (clientId === '' && clientSecret === '' && redirectUri === undefined) return undefined;
    throw environment.invalid('OIDC_ISSUER', '', 'the address of the provider where a client of it is named');
  }
  if (clientId === '') throw environment.invalid('OIDC_CLIENT_ID', '', 'the name under which the provider knows us');
  if (redirectUri === undefined) {
    throw environment.invalid('OIDC_REDIRECT_URI', '', 'our own address of /api/access/provider/callback');
  }
  return { issuer, clientId, redirectUri, ...(clientSecret === '' ? {} : { clientSecret }) };
}

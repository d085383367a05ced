import { Metadata, type ServerInterceptor, ServerInterceptingCall, status } from '@grpc/grpc-js';
import type { User } from './user.js';

type SignIn = (name: string, password: string) => Promise<User | undefined>;

/** Finds out who calls, before any handler runs. A call without credentials is nobody's; a wrong password ends it. */
export class Authentication {
  private readonly callers = new WeakMap<Metadata, User>();

  constructor(private readonly signIn: SignIn) {}

  userOf(caller: Metadata): User | undefined {
    return this.callers.get(caller);
  }

  /** For the server's options. */
  readonly interceptor: ServerInterceptor = (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const refuse = (): void =>
              call.sendStatus({
                code: status.UNAUTHENTICATED,
                details: 'The user name or the password is wrong.',
                metadata: new Metadata(),
              });
            this.identify(metadata).then((isKnown) => (isKnown ? proceed(metadata) : refuse()), refuse);
          },
        }),
    });

  private async identify(metadata: Metadata): Promise<boolean> {
    const [header] = metadata.get('authorization');
    if (header === undefined) return true;
    const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(String(header)) ?? [];
    const [, name, password] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
    const user = name === undefined || password === undefined ? undefined : await this.signIn(name, password);
    if (!user) return false;
    this.callers.set(metadata, user);
    return true;
  }
}

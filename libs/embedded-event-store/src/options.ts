/** How an embedded event store is started. */
export interface EmbeddedEventStoreOptions {
  /** Where the log is kept; made if missing. Without it everything is in memory and gone at the stop. */
  readonly dir?: string;
  /** 0 or absent takes any free port. */
  readonly port?: number;
  /** Address to listen on; loopback unless said. Anything wider needs `tls`. */
  readonly host?: string;
  /** Files in PEM. With them connections are encrypted, and users sign in with a password. */
  readonly tls?: { readonly certificateFile: string; readonly privateKeyFile: string };
  /** Passwords that a new log gives its two users; `changeit` unless said, as on the real server. Only used with `tls`. */
  readonly initialPasswords?: { readonly admin?: string; readonly ops?: string };
  /** What gossip tells clients, where they reach the server by another name or port. */
  readonly advertise?: { readonly host?: string; readonly port?: number };
  /** Bytes of one append, at most; 1 MiB unless said, as on the real server. */
  readonly maxAppendBytes?: number;
  /** Whether there are streams by category and by event type (`$ce-`, `$et-`, `$streams`, `$category-`, `$bc-`); yes unless said. */
  readonly systemProjections?: boolean;
  /** Runs in the caller's thread instead of a worker: for tests from source files, where there is no compiled worker. */
  readonly inThread?: boolean;
  /** Called once when the server dies without being stopped. */
  readonly onFailure?: (error: Error) => void;
}

/** A running server. */
export interface EmbeddedEventStore {
  /** The connection string for the official client. */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, ends open calls, closes the log. May be called twice. */
  stop(): Promise<void>;
}

/** The options that a worker can be given. */
export type ServerOptions = Omit<EmbeddedEventStoreOptions, 'inThread' | 'onFailure'>;

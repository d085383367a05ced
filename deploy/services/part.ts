/** One of the things that run together: a process of ours, a broker, a database. */
export interface Part {
  readonly name: string;
  /** Where it is reached; shown to people. */
  readonly address: string;
  /** Starts it, for the first time or again, and returns when it runs. */
  start(): Promise<void>;
  /** False once it has ended without being told to. */
  isRunning(): boolean;
  /** Stops it in order, if it runs. */
  stop(): Promise<void>;
}

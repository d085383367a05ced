import { errorFields, type Metrics } from '@provident/telemetry';

/** Longest time that one check may take. */
const CHECK_LIMIT_MS = 3_000;
/** Answers are as old as this at most, so that frequent probes cost nothing. */
const FRESH_MS = 1_000;

/** Something that must be so while a process serves. */
export interface Check {
  readonly name: string;
  /** `true`: without it the process should get no requests. `false`: it goes on, and somebody should look. */
  readonly required: boolean;
  /** Throws the reason when it is not so; what it returns does not matter. */
  run(): unknown;
}

export interface CheckAnswer {
  readonly name: string;
  readonly passing: boolean;
  readonly required: boolean;
  readonly reason?: string;
}

export interface Readiness {
  readonly status: 'starting' | 'ready' | 'degraded' | 'not ready' | 'stopping';
  /** What a starting process waits for. */
  readonly waitingFor?: string;
  readonly checks: readonly CheckAnswer[];
}

/** Whether the process should be given requests, and why not. */
export class Health {
  private phase: 'starting' | 'serving' | 'stopping' = 'starting';
  private waitingFor: string | undefined;
  private checks: readonly Check[] = [];
  private known: { readonly at: number; readonly answers: Promise<readonly CheckAnswer[]> } | undefined;

  constructor(private readonly metrics: Metrics) {}

  waiting(text: string | undefined): void {
    this.waitingFor = text;
  }

  serving(checks: readonly Check[]): void {
    this.checks = checks;
    this.phase = 'serving';
  }

  stopping(): void {
    this.phase = 'stopping';
  }

  async readiness(): Promise<Readiness> {
    if (this.phase === 'starting') {
      const { waitingFor } = this;
      return { status: 'starting', ...(waitingFor === undefined ? {} : { waitingFor }), checks: [] };
    }
    if (this.phase === 'stopping') return { status: 'stopping', checks: [] };
    const checks = await this.answers();
    const failing = checks.filter(({ passing }) => !passing);
    if (failing.length === 0) return { status: 'ready', checks };
    return { status: failing.some(({ required }) => required) ? 'not ready' : 'degraded', checks };
  }

  private answers(): Promise<readonly CheckAnswer[]> {
    if (this.known === undefined || performance.now() - this.known.at > FRESH_MS) {
      this.known = { at: performance.now(), answers: Promise.all(this.checks.map((check) => this.answer(check))) };
    }
    return this.known.answers;
  }

  private async answer(check: Check): Promise<CheckAnswer> {
    const { name, required } = check;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
    });
    try {
      await Promise.race([Promise.resolve().then(() => check.run()), limit]);
      this.metrics.set('provident_check_passing', { check: name }, 1);
      return { name, required, passing: true };
    } catch (error) {
      this.metrics.set('provident_check_passing', { check: name }, 0);
      return { name, required, passing: false, reason: errorFields(error)['message'] ?? '' };
    } finally {
      clearTimeout(timer);
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { AREA, EventStore } from '@provident/event-store';
import { type BusinessDate, CLOCK, type Clock, type CommandContext, deterministicId, today } from '@provident/kernel';
import { READ_DATABASE, READ_QUERIES, type ReadDatabase } from '@provident/projections';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { LIVE_SCHEMA } from '@provident/projections/database';
import type { SupervisionDatabase } from '../database.js';
import { alert, alertIdOf } from './alerts/alert.js';
import { settledAlerts } from './alerts/settled-alerts.js';
import { CONTROL_CHECKS, type ControlCheck, type ControlFinding } from './control-check.js';
import { examineRule, type RuleOutcome } from './rules/examine-rule.js';
import { loadRules } from './rules/load-rules.js';
import type { Rule } from './rules/rule.js';

const ACTOR = 'system:control';
/** Whose business a broken invariant is: the books are the fund manager's. */
const INVARIANT_OWNER = 'fund-manager';

export interface CheckReport {
  readonly name: string;
  readonly rule: string;
  readonly findings: number;
}

export interface RuleReport {
  readonly rule: Rule;
  /** Event types that no part of the ledger writes; the rule then has nothing to look at. */
  readonly missing?: readonly string[];
  readonly findings: number;
}

/** What one run of continuous control looked at and found. */
export interface ControlReport {
  /** Log position up to which rules were examined. */
  readonly upTo: bigint;
  readonly checks: readonly CheckReport[];
  readonly rules: readonly RuleReport[];
  /** Alerts raised or opened again by this run; what was found before raises none. */
  readonly raised: number;
  /** Alerts resolved by this run, because a case has settled what they tell of. */
  readonly resolved: number;
}

/** What an alert says of the check that found it. */
interface Finder {
  readonly check: string;
  readonly severity: Rule['severity'];
  readonly rule: string;
  readonly basis?: string;
  readonly owner: string;
}

/**
 * Examines the ledger: every invariant as it stands, and by every rule what the log has taken since this process last looked.
 * A finding becomes an alert once.
 */
@Injectable()
export class ControlDesk {
  /** By rule, up to where this process has examined the log. */
  private readonly examined = new Map<string, bigint>();

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(READ_QUERIES) private readonly db: SupervisionDatabase,
    @Inject(CONTROL_CHECKS) private readonly checks: readonly ControlCheck[],
    private readonly store: EventStore,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async examine(): Promise<ControlReport> {
    const upTo = (await appliedUpTo(this.database.pool, LIVE_SCHEMA)).position;
    const run = deterministicId('control-run', this.area, this.clock.now().toISOString(), String(upTo));
    let raised = 0;
    const checks: CheckReport[] = [];
    for (const check of this.checks) {
      const { name, rule } = check;
      const findings = await check.run();
      const finder: Finder = { check: name, severity: 'error', rule, owner: INVARIANT_OWNER };
      raised += await this.raise(finder, findings, run);
      checks.push({ name, rule, findings: findings.length });
    }
    const rules: RuleReport[] = [];
    for (const rule of loadRules()) {
      const after = this.examined.get(rule.id) ?? -1n;
      const outcome = await examineRule(this.db, rule, { after, upTo });
      rules.push(reportOf(rule, outcome));
      if (outcome.kind === 'nothing-to-look-at') continue;
      raised += await this.raise(finderOf(rule), outcome.findings, run);
      // Only once every finding of it is an alert: a run that is cut short is made again.
      this.examined.set(rule.id, outcome.upTo);
    }
    return { upTo, checks, rules, raised, resolved: await this.resolveSettled(run) };
  }

  /** Resolves the alerts of conflicts that an approved case has settled since. */
  private async resolveSettled(run: string): Promise<number> {
    const on = today(this.clock);
    const settled = await settledAlerts(this.db);
    for (const { alertId, outcome } of settled) {
      const resolution = `Settled by an approved case: ${outcome}.`;
      const context = this.context(run, `${alertId} settled`, on);
      await this.store.execute(alert, alertId, { type: 'Resolve', alertId, resolution, on }, context);
    }
    return settled.length;
  }

  private async raise(finder: Finder, findings: readonly ControlFinding[], run: string): Promise<number> {
    const foundOn = today(this.clock);
    let raised = 0;
    for (const finding of findings) {
      const alertId = alertIdOf(this.area, finder.check, finding.subject);
      const command = { type: 'Raise' as const, finding: { alertId, ...finder, ...finding, foundOn } };
      const { events } = await this.store.execute(alert, alertId, command, this.context(run, alertId, foundOn));
      raised += events.length;
    }
    return raised;
  }

  private context(run: string, alertId: string, effectiveDate: BusinessDate): CommandContext {
    const commandId = deterministicId('control', run, alertId);
    return { commandId, correlationId: run, causationId: run, actor: ACTOR, effectiveDate, area: this.area };
  }
}

function reportOf(rule: Rule, outcome: RuleOutcome): RuleReport {
  if (outcome.kind === 'examined') return { rule, findings: outcome.findings.length };
  return { rule, missing: outcome.missing, findings: 0 };
}

function finderOf({ id, severity, description, basis, owner }: Rule): Finder {
  const { document, number, article } = basis;
  const words = [`《${document}》`, number, article].filter((part) => part !== undefined).join(' ');
  return { check: id, severity, rule: description, basis: words, owner };
}

import { ApiProperty } from '@nestjs/swagger';
import type { ControlReport } from './control-desk.js';
import type { Rule } from './rules/rule.js';

const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });
const Nullable = (description: string): PropertyDecorator => ApiProperty({ type: String, nullable: true, description });

export class AlertAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  alertId: string;
  @Text('the check or rule that found it', 'voucher-balance')
  check: string;
  @ApiProperty({ enum: ['error', 'warning', 'notice'] })
  severity: string;
  @Text('what it is about', 'voucher:12345')
  subject: string;
  @Text('what was found')
  message: string;
  @Nullable('log position of the latest event concerned')
  position: string | null;
  @Text('the rule that does not hold')
  rule: string;
  @Nullable('its legal basis')
  basis: string | null;
  @Text('whose business it is: a role, or the person who took it over', 'fund-manager')
  owner: string;
  @ApiProperty({ enum: ['raised', 'acknowledged', 'resolved'] })
  state: string;
  @Text('day of the first finding', '2026-01-15')
  raisedOn: string;
  @Text('day of the last change', '2026-01-16')
  changedOn: string;
  @Nullable('what was said when it was taken over')
  remark: string | null;
  @Nullable('how it was settled')
  resolution: string | null;
  @ApiProperty({ type: Number, description: 'how often it was found again after it had been settled' })
  reopened: number;
}

class CheckAnswer {
  @Text('check', 'voucher-balance')
  name: string;
  @Text('what holds when nothing is found')
  rule: string;
  @ApiProperty({ type: Number })
  findings: number;
}

class BasisAnswer {
  @Text('document', '社会保险法')
  document: string;
  @ApiProperty({ type: String, required: false })
  number?: string;
  @ApiProperty({ type: String, required: false })
  article?: string;
}

export class RuleAnswer {
  @Text('rule', 'late-back-dating')
  id: string;
  @Text('Chinese name', '倒填日期')
  zh: string;
  @Text('English name', 'Late back-dating')
  en: string;
  @Text('what it looks for')
  description: string;
  @ApiProperty({ type: BasisAnswer })
  basis: BasisAnswer;
  @Text('how sure the basis is', 'not-rechecked')
  confidence: string;
  @ApiProperty({ enum: ['error', 'warning', 'notice'] })
  severity: string;
  @Text('the role that a finding goes to first')
  owner: string;
  @ApiProperty({ type: [String], description: 'the events that it looks at; * for every one' })
  looksAt: string[];
  @ApiProperty({ type: Boolean, description: 'false: no part of the ledger writes the events that it looks at' })
  hasSomethingToLookAt: boolean;

  @ApiProperty({ type: Object, required: false, description: 'the figures that it judges by, as texts' })
  thresholds?: object;

  static of(rule: Rule, hasSomethingToLookAt: boolean): RuleAnswer {
    return { ...rule, hasSomethingToLookAt };
  }
}

class RuleRunAnswer {
  @Text('rule', 'late-back-dating')
  id: string;
  @ApiProperty({ type: Number })
  findings: number;
  @ApiProperty({
    type: [String],
    required: false,
    description: 'events that nothing writes: it had nothing to look at',
  })
  missing?: string[];
}

export class ControlReportAnswer {
  @Text('log position up to which rules were examined')
  upTo: string;
  @ApiProperty({ type: [CheckAnswer] })
  checks: CheckAnswer[];
  @ApiProperty({ type: [RuleRunAnswer] })
  rules: RuleRunAnswer[];
  @ApiProperty({ type: Number, description: 'alerts raised or opened again' })
  raised: number;
  @ApiProperty({ type: Number, description: 'alerts resolved, because a case has settled what they tell of' })
  resolved: number;

  static of({ upTo, checks, rules, raised, resolved }: ControlReport): ControlReportAnswer {
    return {
      ...{ upTo: upTo.toString(), checks: [...checks], raised, resolved },
      rules: rules.map(({ rule, findings, missing }) => ({
        ...{ id: rule.id, findings },
        ...(missing === undefined ? {} : { missing: [...missing] }),
      })),
    };
  }
}

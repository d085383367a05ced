import { AccountHistory, EMPLOYER, PERSON } from './account-history.js';
import { personalStatement } from '../personal-statement.js';
import { digestOf, type NamedStatement } from '../statement-reader.js';

/** A year with a correction in red and its interest. */
export function sampleStatement(name = '王小明', employer = '示例精密仪器（上海）有限公司'): NamedStatement {
  const history = new AccountHistory();
  for (let month = 7; month <= 12; month += 1)
    history.credit(`2024-${two(month)}`, '11800.00', `2024-${two(month)}-20`);
  history.close(2024);
  const wrong = history.credit('2025-01', '9999.00', '2025-01-20');
  for (let month = 2; month <= 12; month += 1)
    history.credit(`2025-${two(month)}`, '12345.67', `2025-${two(month)}-20`);
  history.reverse(wrong, '2025-03-05', '单位申报有误，按复核结果更正');
  history.credit('2025-01', '12345.67', '2025-03-05', wrong.creditId);
  history.close(2025);
  const named = {
    ...{ area: '310000', person: { personId: PERSON, name, citizenNumber: '310198198311197665' } },
    ...{ employers: { [EMPLOYER]: employer }, ...personalStatement(2025, history.events) },
  };
  return { ...named, digest: digestOf(named) };
}

const two = (month: number): string => String(month).padStart(2, '0');

import { ApiProperty } from '@nestjs/swagger';
import { Money } from '@provident/kernel';
import { type Account, detailName } from './chart-of-accounts.js';

/** An amount in yuan as a decimal text. */
export const Amount = (description = 'yuan'): PropertyDecorator =>
  ApiProperty({ type: String, description, example: '1234.56' });

export const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });

/** A code always comes with its names, never alone (财会〔2017〕28号, part 1, 十). */
export class Named {
  @Text('code', '4001')
  code: string;
  @Text('Chinese name', '社会保险费收入')
  zh: string;
  @Text('English name', 'Contribution income')
  en: string;
}

export function namedAccount({ code, zh, en }: Account): Named {
  return { code, zh, en };
}

export function namedDetail(code: string): Named {
  return { code, ...detailName(code) };
}

export function yuan(fen: bigint): string {
  return Money.fromFen(fen).toString();
}

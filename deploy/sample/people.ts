import { citizenCheckCharacter, Money } from '@provident/kernel';
import { twoDigits } from './employers.js';
import type { Random } from './random.js';

/** An invented person. */
export interface SamplePerson {
  readonly citizenNumber: string;
  readonly name: string;
}

const SURNAMES = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈',
);
const GIVEN = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红文斌建国志海燕鹏飞雪梅兰云龙晨宇浩欣怡佳琪子涵思远若溪',
);

/** Names that programs stumble over: rare and four-byte characters, a middle dot, two-character surnames, length. */
const SPECIAL_NAMES = [
  '张㐂',
  '李𬭚',
  '王𫘦',
  '陈䶮',
  '阿依古丽·买买提',
  '买买提·阿不都热合曼',
  '次仁卓玛',
  '迪丽努尔·吐尔逊江',
  '欧阳若溪',
  '上官云',
  '尼玛·扎西',
  '刘㙓',
];
/** Every so-manieth person has a special name. */
const SPECIAL_EVERY = 47;

/** Districts that do not exist, so that no number of the sample is anybody's. */
const DISTRICTS = ['310199', '310198', '320199', '330199', '340199'];

/** Makes people of 20 to 49 years, one after another; no citizen number comes twice. */
export class PeopleMaker {
  private readonly taken = new Set<string>();
  private count = 0;

  constructor(private readonly random: Random) {}

  next(name = this.name()): SamplePerson {
    for (;;) {
      const citizenNumber = this.citizenNumber();
      if (this.taken.has(citizenNumber)) continue;
      this.taken.add(citizenNumber);
      return { citizenNumber, name };
    }
  }

  private name(): string {
    this.count += 1;
    if (this.count % SPECIAL_EVERY === 0) {
      return SPECIAL_NAMES[(this.count / SPECIAL_EVERY) % SPECIAL_NAMES.length] as string;
    }
    const given = this.random.pick(GIVEN) + (this.random.perMille(700) ? this.random.pick(GIVEN) : '');
    return this.random.pick(SURNAMES) + given;
  }

  private citizenNumber(): string {
    const { random } = this;
    const birth = `${random.between(1976, 2005)}${twoDigits(random.between(1, 12))}${twoDigits(random.between(1, 28))}`;
    const first17 = `${random.pick(DISTRICTS)}${birth}${String(random.between(1, 999)).padStart(3, '0')}`;
    return first17 + citizenCheckCharacter(first17);
  }
}

/** A monthly wage: some below the floor, most between, few above the ceiling of the contribution base. */
export function firstWage(random: Random): Money {
  const place = random.below(100);
  const yuan =
    place < 14
      ? random.between(2_740, 7_300)
      : place < 92
        ? Math.min(random.between(7_500, 26_000), random.between(7_500, 26_000))
        : place < 97
          ? random.between(26_000, 36_000)
          : random.between(38_000, 120_000);
  // Most wages are agreed in tens of yuan; the others show every digit.
  const fen = random.perMille(600) ? (yuan - (yuan % 10)) * 100 : yuan * 100 + random.below(100);
  return Money.fromFen(BigInt(fen));
}

/** A changed wage, 4 % less to 12 % more, to the fen. */
export function changedWage(wage: Money, random: Random): Money {
  return Money.fromFen((wage.fen * BigInt(random.between(96, 112))) / 100n);
}

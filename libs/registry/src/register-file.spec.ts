import { openEmployerFile, openPeopleFile } from './register-file.js';
import { writeCsv } from '@provident/files/table-writer';

const CODE = '91350100M000100Y43';
const EMPLOYER = ['统一社会信用代码', '单位名称', '工伤风险类别', '登记日期'];
const PERSON = ['citizen_number', 'name', 'employer_credit_code', 'schemes', 'from_month'];
const ZHANG = '11010519491231002X';

describe('register files', () => {
  it('reads employers', async () => {
    const file = await openEmployerFile(writeCsv([EMPLOYER, [CODE, '示例公司', '8', '2024-12-01']]));
    for await (const chunk of file.chunks()) {
      expect(chunk).toEqual([
        { line: 2, creditCode: CODE, name: '示例公司', riskClass: 8, registeredOn: '2024-12-01' },
      ]);
    }
  });

  it('reads people', async () => {
    const file = await openPeopleFile(writeCsv([PERSON, [ZHANG, '张三', CODE, '养老、工伤', '2025-01']]));
    for await (const chunk of file.chunks()) {
      expect(chunk).toEqual([
        {
          line: 2,
          citizenNumber: ZHANG,
          name: '张三',
          employer: CODE,
          schemes: ['pension', 'work-injury'],
          from: '2025-01',
        },
      ]);
    }
  });

  it('reports entries that stand twice, risk classes that do not exist, and missing values', async () => {
    const employers = [
      [CODE, '示例公司', '8', '2024-12-01'],
      [CODE, '', '9', ''],
    ];
    expect((await (await openEmployerFile(writeCsv([EMPLOYER, ...employers]))).check()).report.byCode).toEqual({
      'entry-twice': 1,
      'blank-cell': 2,
      'number-out-of-range': 1,
    });
    const people = [
      [ZHANG, '张三', CODE, '养老', '2025-01'],
      [ZHANG, '张三', CODE, '', 'x'],
    ];
    expect(await (await openPeopleFile(writeCsv([PERSON, ...people]))).check()).toMatchObject({
      goodRows: 1,
      report: { byCode: { 'entry-twice': 1, 'blank-cell': 1, 'month-malformed': 1 } },
    });
  });
});

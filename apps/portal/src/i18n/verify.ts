import { dictionary } from './text.js';

/** The words of the page that checks printed statements. */
export const verifyWords = dictionary({
  title: { zh: '验证权益记录单', en: 'Check a statement of rights' },
  text: {
    zh: '放入权益记录单的 PDF 或证明文件。本页在您的浏览器中核对，文件不会发送给任何人，无须登录。',
    en: 'Put in the statement as a PDF, or its proof file. It is checked in this browser and sent to nobody. No account is needed.',
  },
  noCode: {
    zh: '未通过二维码打开：只核对文件本身是否真实。',
    en: 'Opened without the code of a printed page: only the file itself is checked.',
  },
  codeOf: { zh: '二维码所指', en: 'The code names' },
  codeText: { zh: '{year}年权益记录（地区 {area}）', en: 'the record of {year}, area {area}' },
  digest: { zh: '摘要', en: 'Digest' },
  drop: { zh: '拖入文件，或点击选择', en: 'Drop the file here, or choose it' },
  dropText: { zh: 'PDF 或 JSON', en: 'PDF or JSON' },
  looking: { zh: '正在核对…', en: 'Checking…' },
  unreadable: { zh: '文件无法读取。', en: 'The file cannot be read.' },
  genuine: { zh: '真实：与账本一致', en: 'Genuine: it is what the ledger holds' },
  genuineByCode: {
    zh: '真实：与账本一致，也是二维码所指的那一份',
    en: 'Genuine: it is what the ledger holds, and the one that the code names',
  },
  compare: {
    zh: '请将下列数字与您手中的纸面核对：纸面可能被改动而文件未改。',
    en: 'Compare these figures with the page in your hand: print can be changed where the file inside was not.',
  },
  altered: { zh: '不真实：已被改动', en: 'Not genuine: it was altered' },
  alteredText: {
    zh: '文件内容与账本中的记录不符，请勿采信，并联系经办机构。',
    en: 'What it says is not what the ledger holds. Do not rely on it; ask the agency.',
  },
  otherYear: {
    zh: '不是同一份：二维码是 {printed} 年的，文件是 {found} 年的',
    en: 'Another document: the code is of {printed}, the file of {found}',
  },
  otherRecord: {
    zh: '不是同一份：{found} 年的另一份记录（另一人，或另一时点）',
    en: 'Another document: another record of {found} (of somebody else, or of another time)',
  },
  otherText: {
    zh: '文件本身真实，但不是这张二维码所指的记录单。',
    en: 'The file itself is genuine, but it is not the statement that this code was printed on.',
  },
  unproven: { zh: '无法判断：文件中没有证明', en: 'Nothing can be said: the file holds no proofs' },
  unprovenText: {
    zh: '刚打印的记录单在下一个检查点（约一小时）之后才带有证明，请重新下载后再验证。',
    en: 'A statement holds its proofs once the next checkpoint is signed, within about an hour. Download it again and check that one.',
  },
  year: { zh: '年度', en: 'Year' },
  months: { zh: '本年缴费月数', en: 'Months paid in the year' },
  employer: { zh: '单位缴费合计', en: 'Paid by employers' },
  employee: { zh: '个人缴费合计', en: 'Paid by the person' },
  closing: { zh: '个人账户储存额', en: 'Personal account' },
  key: { zh: '公钥', en: 'Public key' },
  keyText: {
    zh: '请与经办机构公布的公钥核对；也可换成您另行得到的公钥。',
    en: 'Compare it with the key that the agency has published, or put in the one that you were given.',
  },
  toPortal: { zh: '前往登录', en: 'To the sign-in' },
});

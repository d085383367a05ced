import { dictionary } from './text.js';

/** The words around an explanation of a figure. */
export const explanationWords = dictionary({
  title: { zh: '这个数字从何而来', en: 'Where this figure comes from' },
  restsOn: { zh: '依据（共 {count} 项）', en: 'It rests on ({count})' },
  rule: { zh: '规则', en: 'Rule' },
  basis: { zh: '依据文件', en: 'Basis' },
  confidence: { zh: '依据的可靠程度', en: 'How sure the basis is' },
  more: { zh: '更多', en: 'More' },
  open: { zh: '展开', en: 'Open' },
  persons: { zh: '{count} 人', en: '{count} people' },
});

/**
 * Categories of the streams that the write contexts keep, each of which has a topic of its own in Kafka. A category is
 * added here before its first stream is written: a stream never changes its topic.
 */
export const STREAM_CATEGORIES = [
  'account',
  'administrators',
  'alert',
  'card',
  'case',
  'certificate',
  'checkpoint',
  'declaration',
  'documents',
  'dues',
  'employer',
  'insured',
  'notice',
  'policy',
  'receipt',
  'staffing',
  'statistics',
  'task',
  'thread',
  'user',
] as const;

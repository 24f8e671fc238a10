import type { RecordCounts } from './usage-store.js';

export const NO_RECORDS: RecordCounts = { added: 0, changed: 0, unchanged: 0 };

export function addCounts(a: RecordCounts, b: RecordCounts): RecordCounts {
  return { added: a.added + b.added, changed: a.changed + b.changed, unchanged: a.unchanged + b.unchanged };
}

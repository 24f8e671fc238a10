export type { Bucket, BucketOptions } from './time/buckets.js';
export { bucketOf, bucketsOf } from './time/buckets.js';
export { inZone } from './time/in-zone.js';
export type { DateOptions } from './time/user-dates.js';
export { parseDate, windowOfDates, windowOfMonth } from './time/user-dates.js';
export { parseZone } from './time/zone.js';

export type { Bucket, BucketOptions } from './time/buckets.js';
export { bucketOf, bucketsOf } from './time/buckets.js';
export type { DateOptions } from './time/user-dates.js';
export { parseDate, windowOfDates, windowOfMonth } from './time/user-dates.js';
export { inZone, parseZone } from './time/zone.js';

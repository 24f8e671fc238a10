import assert from 'node:assert';
import { memoryRateStore, parseLossless } from '@carrierkit/adapter-kit';

assert.deepEqual(parseLossless('{"id":12345678901234567890}'), { id: '12345678901234567890' });
const bucket = { rate: 1, burst: 1, periodMs: 1000 };
assert.equal((await memoryRateStore(Date.now).take('lane', bucket, 1)).waitMs, 0);

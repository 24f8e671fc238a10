import assert from 'node:assert';
import { parseIccid, smsSegments } from '@carrierkit/core';

assert.equal(parseIccid('8944 5000 0000 0000 008'), '8944500000000000008');
assert.equal(smsSegments('hello').segments, 1);

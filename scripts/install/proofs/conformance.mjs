import assert from 'node:assert';
import { checks } from '@carrierkit/conformance';

assert.ok(checks.length > 0);

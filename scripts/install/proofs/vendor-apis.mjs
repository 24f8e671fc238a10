import assert from 'node:assert';
import { description, notes, operations, vendorNames } from '@carrierkit/vendor-apis';

for (const vendor of vendorNames) {
  assert.ok(operations(description(vendor)).length > 0);
  assert.match(notes(vendor), /^# /);
}

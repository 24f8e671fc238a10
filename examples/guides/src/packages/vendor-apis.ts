import { description, notes, operations, vendorNames } from '@carrierkit/vendor-apis';

for (const vendor of vendorNames) {
  const document = description(vendor); // OpenAPI 3.1
  console.log(vendor, operations(document).length, 'operations');
}

const [first] = operations(description('emnify'));
console.log(first?.method, first?.path, first?.operationId); // POST /api/v1/authenticate authenticate
console.log(notes('emnify').split('\n', 1)); // what its documents do not say, and where each fact comes from

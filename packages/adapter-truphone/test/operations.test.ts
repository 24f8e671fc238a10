import { operations as described, description } from '@carrierkit/vendor-apis';
import { expect, it } from 'vitest';
import { operations } from '../src/operations/index.js';

it('declares every operation of the vendor description, with its id, method and path', () => {
  const declared = Object.entries(operations).map(([operationId, { method, path }]) => ({ operationId, method, path }));
  const documented = described(description('truphone')).map(({ operationId, method, path }) => ({
    operationId,
    method,
    path,
  }));
  const byId = (a: { operationId: string }, b: { operationId: string }) => a.operationId.localeCompare(b.operationId);
  expect(declared.toSorted(byId)).toEqual(documented.toSorted(byId));
  expect(declared).toHaveLength(68);
});

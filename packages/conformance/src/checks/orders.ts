import { ConnectivityError, type Order, type OrderRequest, type Orders } from '@carrierkit/core';
import { expect } from 'vitest';
import { type Check, notProven, required, wanted } from '../check.js';
import { order as orderShape, template as templateShape } from '../shapes/model.js';
import type { Subject } from '../subject.js';
import { collect } from '../support/collect.js';
import { effectsOf, expectNoEffect, vendorOf } from '../support/effects.js';
import { expectShape } from '../support/expect-shape.js';
import { oneOf } from '../support/known.js';
import { expectRejection, rejection } from '../support/rejection.js';
import { pagingChecks } from './paging.js';

/** Far more than an order needs. */
const ORDER_MS = 600_000;

const check = (promise: string, run: (subject: Subject) => Promise<void>): Check => ({
  name: `lifecycle.orders: ${promise}`,
  ability: 'lifecycle.orders',
  run,
});

const orders = ({ provider }: Subject): Orders => required(provider.lifecycle.orders, 'orders', 'lifecycle.orders');
const requests = ({ fleet }: Subject): readonly OrderRequest[] =>
  required(fleet.orders, 'orders', 'lifecycle.orders').requests;
const request = (subject: Subject): OrderRequest => oneOf(requests(subject), 'orders.requests');
const refOf = ({ provider, id }: Order) => ({ provider, id });

async function placeAll(subject: Subject): Promise<readonly Order[]> {
  const placed: Order[] = [];
  for (const wish of requests(subject)) placed.push(await orders(subject).place(wish));
  return placed;
}

export const orderChecks: readonly Check[] = [
  check('an order is placed, read, waited for and completed', async (subject) => {
    for (const wish of requests(subject)) {
      const placed = await orders(subject).place(wish);
      expectShape(placed, orderShape(subject.provider.id), 'the placed order');
      expect(placed.type.value).toBe(wish.type);
      expect(['pending', 'completed'], 'a placed order').toContain(placed.state.value);
      const read = await orders(subject).get(refOf(placed));
      expectShape(read, orderShape(subject.provider.id), 'the order read');
      expect(refOf(read)).toEqual(refOf(placed));
      await subject.advance?.(ORDER_MS);
      const done = await orders(subject).wait(refOf(placed));
      expectShape(done, orderShape(subject.provider.id), 'the order waited for');
      expect({ ...refOf(done), state: done.state.value }).toEqual({ ...refOf(placed), state: 'completed' });
    }
  }),
  check('an unknown order is not-found', async (subject) => {
    const id = wanted(subject.fleet.orders?.unknownId, 'orders.unknownId');
    await expectRejection(subject.provider, 'not-found', () =>
      orders(subject).get({ provider: subject.provider.id, id }),
    );
  }),
  check('waiting ends with cancelled when the signal aborts', async (subject) => {
    const placed = await orders(subject).place(request(subject));
    const options = { signal: AbortSignal.abort() };
    await expectRejection(subject.provider, 'cancelled', () => orders(subject).wait(refOf(placed), options));
  }),
  check('an aborted signal stops an order before it is placed', async (subject) => {
    const options = { signal: AbortSignal.abort() };
    const place = (): Promise<unknown> => orders(subject).place(request(subject), options);
    const error = await expectNoEffect(subject, () => expectRejection(subject.provider, 'cancelled', place));
    expect(error.effect).toBe('none');
  }),
  check('the template of an activation is listed', async (subject) => {
    const templates = requests(subject).flatMap((wish) => (wish.type === 'activate' ? [wish.template] : []));
    if (templates.length === 0) notProven('the known fleet orders no activation');
    const listed = (await collect(orders(subject).templates())).map((template) => template.id);
    for (const id of templates) expect(listed, 'ids of the listed templates').toContain(id);
  }),
  ...pagingChecks({
    ability: 'lifecycle.orders',
    what: 'order templates',
    open: (subject, options) => orders(subject).templates({}, options),
    key: (template) => template.id,
    shape: ({ provider }) => templateShape(provider.id),
    sized: true,
  }),
  ...pagingChecks({
    ability: 'lifecycle.orders.list',
    what: 'orders',
    open: (subject, options) => orders(subject).list({}, options),
    key: (order) => order.id,
    shape: ({ provider }) => orderShape(provider.id),
    prepare: async (subject, count) => {
      for (let round = 0; round < count; round += 1) await orders(subject).place(request(subject));
    },
    sized: true,
  }),
  {
    name: 'lifecycle.orders.list: placed orders are there',
    ability: 'lifecycle.orders.list',
    run: async (subject) => {
      const placed = await placeAll(subject);
      const listed = (await collect(orders(subject).list())).map((order) => order.id);
      for (const { id } of placed) expect(listed, 'ids of the listed orders').toContain(id);
    },
  },
  check('two equal orders on purpose are two', async (subject) => {
    const ids = new Set<string>();
    const effects = await effectsOf(subject, async () => {
      for (let round = 0; round < 2; round += 1) ids.add((await orders(subject).place(request(subject))).id);
    });
    expect({ effects, orders: ids.size }).toEqual({ effects: 2, orders: 2 });
  }),
  check('the same intent is one order where the vendor has keys', async (subject) => {
    if (subject.provider.capabilities.idempotencyKeyHours === null) notProven('the vendor has no keys to trust');
    const ids = new Set<string>();
    const intent = 'conformance-order';
    const effects = await effectsOf(subject, async () => {
      for (let round = 0; round < 2; round += 1)
        ids.add((await orders(subject).place(request(subject), { intent })).id);
    });
    expect({ effects, orders: ids.size }).toEqual({ effects: 1, orders: 1 });
  }),
  check('an order whose answer is lost is not reported as not placed, and placed once', async (subject) => {
    const lose = wanted(vendorOf(subject).lostReply, 'vendor.lostReply');
    await lose('lifecycle.orders');
    let error: unknown = null;
    const effects = await effectsOf(subject, async () => {
      await orders(subject)
        .place(request(subject))
        .catch((thrown: unknown) => {
          error = thrown;
        });
    });
    expect(effects, 'effects at the vendor').toBe(1);
    if (error === null) return;
    const thrown = await rejection(subject.provider, () => Promise.reject(error));
    expect(ConnectivityError.is(error) && thrown.effect, 'effect of an order that may have been placed').toBe(
      'unknown',
    );
  }),
];

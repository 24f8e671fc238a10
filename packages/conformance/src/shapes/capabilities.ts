import { simStates } from '@carrierkit/core';
import { ABILITIES } from '../abilities.js';
import { GRAINS, KINDS } from './model.js';
import {
  boolean,
  both,
  count,
  filledText,
  json,
  listOf,
  nullable,
  object,
  oneOf,
  positive,
  type Shape,
} from './shape.js';

const filterFields = [
  'providers',
  'states',
  'iccids',
  'msisdn',
  'imsi',
  'label',
  'account',
  'tags',
  'attributes',
] as const;
const basis = oneOf('documented', 'inferred');

const transition = object({
  from: oneOf(...simStates),
  to: oneOf(...simStates),
  basis,
  by: oneOf('customer', 'network'),
  reversible: boolean,
  billing: nullable(filledText),
});

const filledList =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) && value.length === 0 ? [`${path} is empty`] : listOf(shape)(value, path);

const usageSource = object({
  kinds: filledList(oneOf(...KINDS)),
  grain: oneOf(...GRAINS),
  scope: oneOf('account', 'sim'),
  windowDays: positive,
  retentionDays: nullable(positive),
  settlesAfterHours: count,
  tells: object({ direction: boolean, country: boolean, cost: boolean }),
  unit: nullable(object({ name: filledText, bytes: positive, basis })),
});

export const capabilities: Shape = both(
  json,
  object({
    supports: object(
      Object.fromEntries(ABILITIES.map((ability) => [ability, oneOf('native', 'emulated', 'undocumented', 'none')])),
    ),
    pageSize: object({ default: positive, max: positive }),
    pushedDown: listOf(oneOf(...filterFields)),
    simsPerCall: object({ change: positive, send: positive }),
    parallelCalls: positive,
    textLimit: nullable(positive),
    idempotencyKeyHours: nullable(positive),
    changesApplyAtOnce: boolean,
    transitions: object({ closed: boolean, rules: listOf(transition) }),
    usage: listOf(usageSource),
  }),
);

export { inputErrorFrom, parsed, parseWith } from './schema/parsed.js';
export {
  eidSchema,
  iccidSchema,
  imeiSchema,
  imsiSchema,
  instantSchema,
  moneySchema,
  msisdnSchema,
  orderRequestSchema,
  settableStateSchema,
  simFilterSchema,
  simStateSchema,
  simTargetSchema,
  timeWindowSchema,
} from './schema/schemas.js';

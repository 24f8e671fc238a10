import { inspectIccid, paged, parseIccid, plan, sameIccid, smsSegments } from '@carrierkit/core';

// Identifiers: one form for every vendor, and a clear word when digits were lost.
const iccid = parseIccid('8944 5001 0219 8304 826 F');
console.log(iccid); // 8944500102198304826
console.log(sameIccid(iccid, parseIccid('894450010219830482'))); // true: it only lacks the check digit
console.log(inspectIccid('8.94E+18').error?.kind); // damaged-identifier

// What a text costs before it is sent.
console.log(smsSegments('Pressure is 3 bar €')); // { encoding: 'GSM-7', segments: 1, units: 20, ... }

// A list out of one function that gets a page: lazy, one page ahead, stopped by leaving the loop.
const list = paged(async ({ cursor = '0' }) => ({
  items: [`SIM ${cursor}a`, `SIM ${cursor}b`],
  next: cursor === '4' ? null : String(Number(cursor) + 1),
  total: 10,
}));
for await (const sim of list) if (sim === 'SIM 2a') break;
console.log(await list.toArray({ limit: 3 })); // [ 'SIM 0a', 'SIM 0b', 'SIM 1a' ]

// Which way leads from one state to another.
const move = { basis: 'documented', by: 'customer', reversible: true, billing: null } as const;
const table = {
  closed: true,
  rules: [
    { ...move, from: 'inventory', to: 'active', billing: 'billed from today' },
    { ...move, from: 'active', to: 'suspended' },
  ],
} as const;
console.log(plan(table, 'inventory', 'suspended').path); // [ 'inventory', 'active', 'suspended' ]

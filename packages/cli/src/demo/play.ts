import { writeFileSync } from 'node:fs';
import type { Ref, Sim } from '@carrierkit/core';
import type { RunOutcome } from '@carrierkit/fleet';
import type { Sandbox } from '@carrierkit/sandbox';
import { refText } from '../views/ref-text.js';
import { lastMonth } from './last-month.js';
import { byProvider, showFleet } from './show-fleet.js';
import type { Stage } from './stage.js';

type Info = Sandbox['info'];

/** The main job from end to end. Every answer comes from the sandbox over HTTP. @throws DemoFailed */
export async function play(stage: Stage, { info }: Pick<Sandbox, 'info'>, report: string): Promise<void> {
  await stage.title('One config, three carriers');
  await stage.command(['providers']);
  const sims = await listFleet(stage);
  await registerBatch(stage, info);
  await placeOrder(stage, info);
  const [moved, texted] = chosen(sims);
  const message = await sendSms(stage, texted);
  await moveSims(stage, moved, sims);
  await followSms(stage, message);
  await reportUsage(stage, report);
}

async function listFleet(stage: Stage): Promise<readonly Sim[]> {
  await stage.title('Every SIM of all three, in one list');
  await stage.typed(['sims', 'list']);
  const sims = await stage.ask<readonly Sim[]>(['sims', 'list']);
  await showFleet(stage.output, sims);
  return sims;
}

async function registerBatch(stage: Stage, { bics }: Info): Promise<void> {
  const code = bics.valid[0]!;
  await stage.title('New SIMs by the code on their box (emnify BIC)');
  await stage.command(['batches', 'validate', code]);
  await stage.command(['batches', 'register', code, '--yes']);
}

async function placeOrder(stage: Stage, { accounts, templates }: Info): Promise<void> {
  const [account, template] = [accounts[0]!, templates[0]!];
  const order = {
    type: 'activate',
    account,
    template,
    subscriber: { firstName: 'Demo', lastName: 'Driver', email: 'driver@example.com' },
    delivery: { by: 'email', to: ['driver@example.com'] },
  };
  await stage.title('A subscription by order, waited for until it is there');
  writeFileSync(stage.path('order.json'), JSON.stringify(order));
  await stage.command(['orders', 'place', 'order.json', '--yes', '--wait']);
  await stage.command(['orders', 'list']);
}

async function moveSims(stage: Stage, sims: readonly Sim[], fleet: readonly Sim[]): Promise<void> {
  const flags = [...sims.flatMap(({ iccid }) => ['--iccid', iccid]), '--yes', '--wait'];
  await stage.title('SIMs through their lifecycle, each by the way of its vendor');
  // emnify does not take a SIM from its box straight to suspended: a plan with two steps.
  const boxed = fleet.find(({ provider, state }) => provider === sims[1]?.provider && state.value === 'inventory');
  if (boxed) await stage.command(['lifecycle', 'plan', boxed.iccid, 'suspended']);
  await stage.command(['lifecycle', 'set', 'suspended', ...flags]);
  await stage.command(['lifecycle', 'set', 'active', ...flags]);
}

/** @returns the message whose delivery can be asked for */
async function sendSms(stage: Stage, sims: readonly Sim[]): Promise<Ref | null> {
  const to = sims.flatMap(({ iccid }) => ['--to', iccid]);
  await stage.title('One text to SIMs of all three');
  await stage.command(['sms', 'send', ...to, '--text', 'Hello from three carriers', '--run', 'hello', '--yes']);
  const { outcomes } = await stage.ask<{ readonly outcomes: readonly RunOutcome[] }>(['runs', 'show', 'hello']);
  return outcomes.flatMap((outcome) => ('message' in outcome ? [outcome.message] : []))[0] ?? null;
}

async function followSms(stage: Stage, message: Ref | null): Promise<void> {
  if (message === null) return;
  await stage.title('What became of the text');
  await stage.command(['sms', 'status', refText(message)]);
}

async function reportUsage(stage: Stage, report: string): Promise<void> {
  const month = ['--month', lastMonth(stage.now())];
  await stage.title('A month of usage into the ledger, and one report over it');
  await stage.command(['usage', 'sync', ...month]);
  await stage.command(['usage', 'report', ...month, '--group-by', 'provider,kind']);
  await stage.command(['usage', 'report', ...month, '--format', 'html', '--out', report]);
}

/** Two active SIMs of each provider, from the middle of the list: the first ones of the subscriptions account send the texts. */
function chosen(sims: readonly Sim[]): readonly [readonly Sim[], readonly Sim[]] {
  const active = byProvider(sims.filter(({ state }) => state.value === 'active'));
  const picked = (offset: number) => active.flatMap((group) => group[Math.floor(group.length / 2) + offset] ?? []);
  return [picked(0), picked(1)];
}

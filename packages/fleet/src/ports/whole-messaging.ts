import {
  type CallOptions,
  inputError,
  type Messaging,
  type Provider,
  type ProviderId,
  type Recipient,
  type SendOutcome,
  type SimTarget,
} from '@carrierkit/core';
import type { Complete } from '../complete.js';
import { type Spread, spread, statusOf } from '../routing/spread.js';
import { unsupported } from '../routing/team.js';
import { deferredList } from './merged-list.js';
import { listOf, type Scope } from './scope.js';
import { forgetMissing } from './write-sims.js';

export type Message = Parameters<Messaging['send']>[0];

export function wholeMessaging(scope: Scope): Complete<Messaging> {
  const { team, router } = scope;
  const at = (id: ProviderId) => team.having('messaging.send', ({ messaging }) => messaging, [id])[0]!.port;
  return {
    async send(message, options) {
      team.having('messaging.send', ({ messaging }) => messaging);
      const work = sendSpread(scope, message, (messaging, to) => messaging.send({ ...message, to }, options));
      const outcomes = await spread(work, options);
      forgetMissing(scope, outcomes, (index) => simOf(message.to[index]!));
      return outcomes;
    },

    async delivery(message, options) {
      const messaging = at(message.provider);
      if (!messaging.delivery) throw unsupported('messaging.delivery', [message.provider]);
      return messaging.delivery(message, options);
    },

    list(filter, options = {}) {
      const { sim } = filter;
      const able = team.having('messaging.list', ({ messaging }) => messaging?.list?.bind(messaging));
      const sources = able.map(({ provider, port }) => ({
        provider: provider.id,
        list: (call: typeof options) => port(filter, call),
      }));
      if (sim === undefined) return listOf(scope, sources, options);
      return deferredList(async () => {
        const provider = await router.route(sim, options);
        const source = sources.find((one) => one.provider === provider.id);
        if (!source) throw unsupported('messaging.list', [provider.id]);
        return source.list(options);
      }, options);
    },

    async cancel(message, options) {
      const messaging = at(message.provider);
      if (!messaging.cancel) throw unsupported('messaging.cancel', [message.provider]);
      return messaging.cancel(message, options);
    },
  };
}

export function sendSpread(
  scope: Scope,
  message: Message,
  send: (messaging: Messaging, to: readonly Recipient[]) => Promise<readonly SendOutcome[]>,
): Spread<Recipient, SendOutcome> {
  return {
    items: message.to,
    route: (recipient, options) => routeRecipient(scope, recipient, message.provider, options),
    async call(provider, to) {
      if (!provider.messaging) throw unsupported('messaging.send', [provider.id]);
      return send(provider.messaging, to);
    },
    broken: (to, provider, error) => ({ provider, to, status: statusOf(error), error }),
  };
}

/** A number tells nothing about its provider, so it needs a named one, unless only one can send. */
export async function routeRecipient(
  { team, router }: Scope,
  to: Recipient,
  named: ProviderId | undefined,
  options?: CallOptions,
): Promise<Provider> {
  if ('sim' in to) return router.route(named === undefined ? to.sim : withProvider(to.sim, named), options);
  if (named !== undefined) return team.get(named);
  const able = team.having('messaging.send', ({ messaging }) => messaging);
  if (able.length === 1) return able[0]!.provider;
  const ids = able.map(({ provider }) => provider.id).join(', ');
  throw inputError('provider', `several providers can send: name one of ${ids}, or address the SIM by its ICCID`);
}

function withProvider(sim: SimTarget, provider: ProviderId) {
  if (typeof sim === 'string') return { iccid: sim, provider };
  if (sim.provider === undefined || sim.provider === provider) return { ...sim, provider };
  throw inputError(
    'provider',
    `SIM ${sim.iccid} belongs to provider '${sim.provider}', but the message is for '${provider}'`,
  );
}

function simOf(to: Recipient): SimTarget | undefined {
  return 'sim' in to ? to.sim : undefined;
}

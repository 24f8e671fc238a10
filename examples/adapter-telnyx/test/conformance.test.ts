import { describeProvider, type Setup } from '@carrierkit/conformance';
import { type Ability, type Iccid, parseIccid, parseInstant, withCheckDigit } from '@carrierkit/core';
import { inReadme } from './readme.js';
import { worldFor } from './support.js';
import { apiKey, type Fault } from './vendor/telnyx-server.js';

const world = await worldFor();
const window = { from: parseInstant('2026-11-01T00:00:00Z'), to: parseInstant('2026-11-08T00:00:00Z') };

/** The vendor call that writes, for each ability that writes. */
const writes: Partial<Record<Ability, string>> = { 'lifecycle.change': 'DisableSimCard' };

const faultOn = async (ability: Ability, fault: Omit<Fault, 'operation'>) => {
  const operation = writes[ability];
  if (operation === undefined) throw new Error(`no write of ${ability} is known`);
  world.server.fault({ ...fault, operation });
};

const setup: Setup = async () => {
  const { server } = world;
  server.reset();
  const active = world.inStatus('enabled');
  const inWindow = server.vendor.sessions.filter(
    ({ created_at }) => created_at >= window.from && created_at < window.to,
  );
  return {
    provider: world.provider(),
    wrongCredentials: world.provider({ apiKey: 'KEY_wrong' }),
    advance: world.advance,
    fleet: {
      sims: {
        active,
        inventory: world.inStatus('registered'),
        suspended: world.inStatus('disabled', 'standby'),
        blocked: world.inStatus('data_limit_exceeded', 'unauthorized_imei'),
        unknown: world.inStatus('quarantined'),
      },
      unknownIccid: parseIccid(withCheckDigit('8931041010654999999')),
      movable: { sims: active, to: 'suspended', back: 'active' },
      retirable: world.inStatus('registered')[0] as Iccid,
      editable: { sims: active.slice(0, 1), changes: { tags: ['pumps', 'made here'] } },
      usage: {
        window,
        truth: [
          {
            kind: 'data',
            bytes: inWindow.reduce(
              (sum, { uplink_data, downlink_data }) => sum + (uplink_data + downlink_data) * 1e6,
              0,
            ),
          },
        ],
      },
      secrets: async () => [apiKey, ...server.vendor.sims.flatMap((sim) => Object.values(sim.pin_puk_codes))],
      vendor: {
        effects: async () => server.vendor.effects,
        calls: async () => server.calls,
        lostReply: (ability) => faultOn(ability, { kind: 'lost-reply' }),
        failNext: (ability, status) => faultOn(ability, { kind: 'refused', status }),
      },
    },
  };
};

describeProvider('telnyx', setup, { onReport: inReadme });

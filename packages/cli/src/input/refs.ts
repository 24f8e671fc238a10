import { inputError, type Ref } from '@carrierkit/core';
import type { Session } from '../shell/session.js';

/** `staff:8f2c…` -> provider and id. @throws `input`, also for a provider that is not in the config */
export async function readRef(session: Session, text: string): Promise<Ref> {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw inputError('reference', 'expected PROVIDER:ID');
  const fleet = await session.fleet();
  const { id: provider } = fleet.provider(text.slice(0, colon));
  return { provider, id: text.slice(colon + 1) };
}

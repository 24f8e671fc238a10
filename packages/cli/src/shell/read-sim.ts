import { ConnectivityError, type Iccid, type Sim } from '@carrierkit/core';
import { named, type Session } from './session.js';

/** @throws `not-found` for a well-formed ICCID that nobody has, whether one provider was asked or all */
export async function readSim(session: Session, iccid: Iccid): Promise<Sim> {
  const { inventory } = await session.fleet();
  try {
    return await inventory.get({ iccid, ...named(session.globals) }, { signal: session.world.signal });
  } catch (thrown) {
    if (!ConnectivityError.is(thrown, 'input')) throw thrown;
    throw new ConnectivityError('not-found', thrown.message);
  }
}

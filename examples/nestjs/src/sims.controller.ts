import type { Lifecycle, Sim, SimInventory, SimOutcome } from '@carrierkit/core';
import { parseIccid } from '@carrierkit/core';
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { INVENTORY, LIFECYCLE } from './carrier.module.js';

@Controller('sims')
export class SimsController {
  constructor(
    @Inject(INVENTORY) private readonly inventory: SimInventory,
    @Inject(LIFECYCLE) private readonly lifecycle: Lifecycle,
  ) {}

  @Get()
  active(): Promise<readonly Sim[]> {
    return this.inventory.list({ states: ['active'] }).toArray({ limit: 100 });
  }

  @Get(':iccid')
  one(@Param('iccid') iccid: string): Promise<Sim> {
    return this.inventory.get(parseIccid(iccid));
  }

  @Post(':iccid/suspend')
  async suspend(@Param('iccid') iccid: string): Promise<readonly SimOutcome[]> {
    return this.lifecycle.change({ sims: [parseIccid(iccid)], to: 'suspended' });
  }
}

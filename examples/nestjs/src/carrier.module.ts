import { createFleet, type Fleet } from '@carrierkit/fleet';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';

/** What services and controllers inject: ports, never a carrier. */
export const FLEET = Symbol('Fleet');
export const INVENTORY = Symbol('SimInventory');
export const LIFECYCLE = Symbol('Lifecycle');

@Global()
@Module({
  providers: [
    {
      provide: FLEET,
      async useFactory() {
        const fleet = await createFleet(process.env['CARRIERKIT_CONFIG'] ?? 'carrierkit.config.yaml');
        // Fails while the application starts, naming who cannot, instead of at the first request.
        fleet.require('lifecycle.change');
        return fleet;
      },
    },
    { provide: INVENTORY, inject: [FLEET], useFactory: (fleet: Fleet) => fleet.inventory },
    { provide: LIFECYCLE, inject: [FLEET], useFactory: (fleet: Fleet) => fleet.lifecycle },
  ],
  exports: [INVENTORY, LIFECYCLE],
})
export class CarrierModule implements OnApplicationShutdown {
  constructor(@Inject(FLEET) private readonly fleet: Fleet) {}

  async onApplicationShutdown(): Promise<void> {
    await this.fleet.close();
  }
}

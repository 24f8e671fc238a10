/** The life of a SIM in one vocabulary for all vendors; `unknown` stands beside it in `Known`. */
export type SimStateName =
  | 'provisioning'
  | 'inventory'
  | 'test'
  | 'ready'
  | 'active'
  | 'suspended'
  | 'blocked'
  | 'retired';
/** What a caller may ask for: `provisioning` and `blocked` are the vendor's to set. */
export type SettableState = Exclude<SimStateName, 'provisioning' | 'blocked'>;
export type ServiceName = 'data' | 'smsMo' | 'smsMt' | 'voiceMo' | 'voiceMt';
export type ServiceState = 'enabled' | 'disabled' | 'unknown';

import { type Ability, ConnectivityError, type Provider } from '@carrierkit/core';

/** Throws `unsupported`, naming every provider that lacks one of the abilities. */
export function assertAbilities(providers: readonly Provider[], abilities: readonly Ability[]): void {
  const lacking = providers.flatMap(({ id, capabilities: { supports } }) => {
    const missing = abilities.filter((ability) => (supports[ability] ?? 'none') === 'none');
    return missing.length > 0 ? [`${id} lacks ${missing.join(', ')}`] : [];
  });
  if (lacking.length > 0) throw new ConnectivityError('unsupported', lacking.join('; '));
}

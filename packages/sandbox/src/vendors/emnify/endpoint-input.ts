import type { Answer } from '../../framework/answer.js';
import { ADDRESS_SPACES } from './address-space.js';
import { validationError } from './answers.js';
import { DISABLED, ENABLED, type EndpointRecord } from './endpoint-store.js';
import { isInSpace, SERVICE_PROFILES, TARIFF_PROFILES } from './endpoint-view.js';

interface Reference {
  readonly id?: number | null;
}

/** Body of a creation or change of an endpoint; the description has checked its types. */
export interface EndpointInput {
  readonly name?: string;
  readonly tags?: string;
  readonly status?: { readonly id: number };
  readonly service_profile?: Reference;
  readonly tariff_profile?: Reference;
  readonly sim?: {
    readonly id?: number | null;
    readonly activate?: boolean;
    readonly status?: { readonly id: number };
  };
  readonly imei?: string;
  readonly imei_lock?: boolean;
  readonly ip_address?: string;
  readonly ip_address_space?: Reference;
}

export type EndpointValues = Partial<
  Pick<
    EndpointRecord,
    'name' | 'tags' | 'status' | 'serviceProfile' | 'tariffProfile' | 'imei' | 'imeiLock' | 'space' | 'ip'
  >
>;

/** Members that name something unknown, as the vendor reports them. */
export function checkInput(input: EndpointInput, title: string, currentSpace: number | undefined): Answer | undefined {
  const faults: { code: number; message: string }[] = [];
  const unknown = (what: string, id: unknown): void => {
    faults.push({ code: 1401, message: `${what} with Id '${String(id)}' not found.` });
  };
  const { service_profile: service, tariff_profile: tariff, ip_address_space: space } = input;
  if (service !== undefined && !SERVICE_PROFILES.has(service.id ?? 0)) unknown('Service profile', service.id);
  if (tariff !== undefined && !TARIFF_PROFILES.has(tariff.id ?? 0)) unknown('Tariff profile', tariff.id);
  if (space !== undefined && !ADDRESS_SPACES.some(({ id }) => id === space.id)) unknown('IP address space', space.id);
  if (input.status?.id === 2) faults.push({ code: 1406, message: 'An endpoint is deleted by DELETE only' });
  if (input.imei !== undefined && !/^\d{16}$/.test(input.imei)) {
    faults.push({ code: 1403, message: 'imei must have 16 digits' });
  }
  if (input.ip_address !== undefined) {
    const target = space?.id ?? currentSpace;
    if (target == null) faults.push({ code: 1402, message: 'ip_address needs ip_address_space' });
    else if (!isInSpace(input.ip_address, target))
      faults.push({ code: 1403, message: 'ip_address is not in its space' });
  }
  return faults.length === 0 ? undefined : validationError(title, ...faults);
}

export function valuesOf(input: EndpointInput): EndpointValues {
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.tags === undefined ? {} : { tags: input.tags }),
    ...(input.status === undefined ? {} : { status: input.status.id === DISABLED ? DISABLED : ENABLED }),
    ...(input.service_profile?.id == null ? {} : { serviceProfile: input.service_profile.id }),
    ...(input.tariff_profile?.id == null ? {} : { tariffProfile: input.tariff_profile.id }),
    ...(input.imei === undefined ? {} : { imei: input.imei }),
    ...(input.imei_lock === undefined ? {} : { imeiLock: input.imei_lock }),
    ...(input.ip_address_space?.id == null ? {} : { space: input.ip_address_space.id }),
    ...(input.ip_address === undefined ? {} : { ip: input.ip_address }),
  };
}

import type {
  Ability,
  Iccid,
  Msisdn,
  OrderRequest,
  ServiceName,
  SettableState,
  SimChanges,
  SimStateName,
  TimeWindow,
  UsageKind,
} from '@carrierkit/core';

/**
 * What the suite may rely on at the vendor behind the provider: a sandbox, a recorded account, or a test account of your own.
 * `setup` runs before every check, so each check finds the fleet as it is described here. A fact that a declared ability needs and
 * that is missing fails the check with a text naming it; a fact that only deepens a proof leaves the check "unproven" in the report.
 */
export interface KnownFleet {
  /** SIMs that exist, by the state they are in: at least one state, `unknown` = the vendor says a word that the adapter does not know. */
  readonly sims: Readonly<Partial<Record<SimStateName | 'unknown', readonly Iccid[]>>>;
  /** Well formed, with a right check digit, and no SIM of this provider. */
  readonly unknownIccid: Iccid;
  /** Two SIMs or more that may go to `to` and from there `back` to where they are now, for example active, suspended, active. */
  readonly movable: { readonly sims: readonly Iccid[]; readonly to: SettableState; readonly back: SettableState };
  /** A SIM that may be ended for good. Left out, ending a SIM stays unproven. */
  readonly retirable?: Iccid;
  /** For `inventory.update`: one SIM or more, and changes that differ from what they have now. */
  readonly editable?: { readonly sims: readonly Iccid[]; readonly changes: SimChanges };
  /** For `lifecycle.setServices`: one SIM or more whose `service` is enabled and may be switched off and on again. */
  readonly switchable?: { readonly sims: readonly Iccid[]; readonly service: ServiceName };
  /** For `lifecycle.ratePlans`: one SIM or more, and the id of a rate plan that they may change to and do not have. */
  readonly ratePlan?: { readonly sims: readonly Iccid[]; readonly plan: string };
  /** For `inventory.batches`: batch codes in each condition; `foreign` = holds SIMs of somebody else. */
  readonly batches?: {
    readonly registrable: string;
    readonly registered: string;
    readonly unknown: string;
    readonly foreign?: string;
  };
  /** For `lifecycle.orders`: orders that the vendor accepts and completes (account, template and all; the first may be placed several times), and an id of the right form that no order has. */
  readonly orders?: { readonly requests: readonly OrderRequest[]; readonly unknownId?: string };
  /** For `messaging.send`: SIMs and numbers that can be sent to, two of each kind that the provider supports; `from` = a sender the vendor accepts. */
  readonly messages?: {
    readonly sims: readonly Iccid[];
    readonly msisdns: readonly Msisdn[];
    readonly text: string;
    readonly from?: string;
  };
  /** For `usage.records`: a window of whole UTC days (whole months where a source has that grain) that holds usage. */
  readonly usage?: { readonly window: TimeWindow; readonly truth?: readonly UsageTruth[] };
  /** Every credential, PIN, PUK and key that must appear nowhere. Asked after the calls, so that what was issued meanwhile is in it. */
  readonly secrets?: () => Promise<readonly string[]>;
  /** The vendor seen from the other side. Needed to prove that nothing is done twice or asked too early. */
  readonly vendor?: VendorControl;
}

/** What the vendor knows to be used in the window, all SIMs together, as far as its usage sources tell it; left out = not compared. */
export interface UsageTruth {
  readonly kind: UsageKind;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly messages?: number;
}

/** A vendor under control: a simulator, or a proxy before a test account. All counts are since `setup`. */
export interface VendorControl {
  /** How many writes changed something. Sign-ins, reports, refused and repeated calls without effect do not count. */
  readonly effects: () => Promise<number>;
  /** How many calls reached the vendor, sign-ins included. */
  readonly calls?: () => Promise<number>;
  /** The next vendor write that this ability makes takes effect, and its answer is lost. */
  readonly lostReply?: (ability: Ability) => Promise<void>;
  /** The next vendor write that this ability makes is answered with this HTTP status and has no effect. */
  readonly failNext?: (ability: Ability, status: number) => Promise<void>;
}

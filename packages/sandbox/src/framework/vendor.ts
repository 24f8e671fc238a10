import type { IncomingHttpHeaders } from 'node:http';
import type { OpenApiDocument, VendorName } from '@carrierkit/vendor-apis';
import type { Fleet } from '../world/fleet.js';
import type { UsageTruth } from '../world/usage.js';
import type { Answer } from './answer.js';
import type { Clock } from './clock.js';
import type { EffectHandle } from './effects.js';
import type { Limits } from './limits.js';
import type { Random } from './random.js';
import type { SecretRegister } from './secrets.js';

/**
 * What a vendor is to the framework: static facts, and `create`, which builds its state. The framework routes by the
 * vendor's description, keeps the logs, plays faults, and checks what goes in and out against the description.
 */
export interface VendorModule<Switches = object> {
  /** Also the path prefix: `/<name>` plus the server path of the description plus the operation's path. */
  readonly name: VendorName;
  /** Further paths that answer an operation (older versions of a resource). `VendorRequest.template` tells which. */
  readonly aliases?: readonly PathAlias[];
  /** Response bodies are gzipped and chunked when the client accepts that. */
  readonly compress?: boolean;
  /** What kind of numbers the vendor's usage is made of. */
  readonly usage: UsageProfile;
  /** Builds the state at start and at every reset. Must be fast and small: never one object per SIM of the fleet. */
  create(context: VendorContext<Switches>): Vendor;
}

export interface PathAlias {
  readonly operationId: string;
  /** With the server path, braces as in the description. */
  readonly path: string;
}

export interface UsageProfile {
  /** Data quantities are multiples of this many bytes, so that the vendor's unit expresses them exactly. */
  readonly bytesMultiple: number;
  readonly voice: boolean;
  /** Whether SIM `index` of the initial fleet has traffic: is active and able to use it. */
  traffic(index: number): boolean;
}

export interface VendorContext<Switches = object> {
  readonly clock: Clock;
  /** A random source of this vendor's own, from the sandbox's seed and the given keys. */
  random(...keys: readonly (number | string)[]): Random;
  /** Register here what must never appear in an output: issued tokens, PINs, PUKs, texts of messages. */
  readonly secrets: SecretRegister;
  /** Rate limiters on the sandbox's clock. With limits switched off they always allow. */
  readonly limits: Limits;
  /** SIM identities of this vendor: computed from an index, never stored. */
  readonly fleet: Fleet;
  /** The usage truth of this vendor's SIMs. */
  readonly usage: UsageTruth;
  /** What the caller switched; the vendor merges its defaults. */
  readonly switches: Partial<Switches>;
  readonly document: OpenApiDocument;
  readonly delays: Delays;
}

/** How long asynchronous things take, in milliseconds of the sandbox's clock. */
export interface Delays {
  readonly state: number;
  readonly order: number;
  readonly delivery: number;
}

export type Handler = (request: VendorRequest) => Answer | Promise<Answer>;

/** The state of one vendor between two resets. */
export interface Vendor {
  /** By operationId. Each operation of the description needs one. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Rate limit and authentication, in the vendor's own order; runs before anything is validated. */
  admit(request: VendorRequest): Admission;
  /**
   * The request breaks the description: the vendor's answer to that, or `undefined` where the real vendor is more
   * lenient than its description and the handler shall run.
   */
  invalid(request: VendorRequest, problems: readonly Problem[]): Answer | undefined;
  /** No such path, or not with this method (`allowed` then lists the methods of the path). */
  unmatched(request: VendorRequest, allowed: readonly string[]): Answer;
  /** Plays the fault `bad-token`: the answer to a rejected token, or, for a sign-in, a token that will not work. */
  badToken(request: VendorRequest): Answer;
  /** Every SIM the vendor would list, in its default order. */
  sims(): Iterable<SandboxSim>;
  /** By canonical ICCID, or one without its check digit. */
  findSim(iccid: string): SandboxSim | undefined;
  /** Plays a change by the vendor itself, at once and without an effect entry. `undefined`: no such SIM. */
  patchSim(iccid: string, change: SimPatch): SandboxSim | undefined;
  /** The usage of one SIM on one UTC day, as far as and in as many records as this vendor's default sources tell it. */
  told(index: number, day: number): readonly ToldUsage[];
  /** This vendor's part of `GET /_sandbox/info`. */
  info(): VendorInfo;
}

export interface Admission {
  /** Added to whatever is answered (rate headers). */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer, if the request is not admitted. */
  readonly refusal?: Answer;
}

/** One request, as the handler gets it. */
export interface VendorRequest {
  /** Sequence number in the request log. */
  readonly id: number;
  /** Empty where no operation matches. */
  readonly operationId: string;
  readonly method: string;
  /** Path as received, without the vendor's prefix and without the query. */
  readonly path: string;
  /** The described path (or alias) that matched, server path included. */
  readonly template: string;
  /** Path values, decoded, always text. */
  readonly params: Readonly<Record<string, string>>;
  /** Described query parameters, converted and with defaults; as received where they do not fit the description. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly rawQuery: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed by content type: JSON or form; `undefined` without a body; the text itself for other types. */
  readonly body: unknown;
  readonly rawBody: string;
  /** `http://127.0.0.1:<port>/<name>`, for absolute links. */
  readonly baseUrl: string;
  readonly ip: string;
  /**
   * Records that this request changed something; call it once, at acceptance. `subject`: canonical ICCIDs, vendor ids
   * only where no SIM is concerned. Without `state` the effect is `done`; one that is `pending` is settled later
   * through the handle.
   */
  effect(entry: {
    readonly subject: readonly string[];
    readonly detail?: unknown;
    readonly state?: 'pending' | 'done';
  }): EffectHandle;
}

/** Where and why a request does not fit the description. */
export interface Problem {
  /** `media`: a body of a type that the operation does not take; `syntax`: a body that cannot be parsed. */
  readonly place: 'path' | 'query' | 'header' | 'body' | 'media' | 'syntax';
  /** Parameter name, or JSON pointer into the body; empty for the whole. */
  readonly field: string;
  readonly message: string;
}

/** A SIM as `/_sandbox/sims` shows it: `iccid` canonical, the rest in the vendor's words. */
export interface SandboxSim {
  readonly adapter: VendorName;
  readonly iccid: string;
  readonly vendorId: string;
  readonly state: string;
  readonly services: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** `state` may be a word that the vendor's description does not know. */
export interface SimPatch {
  readonly state?: string;
  readonly services?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}

/** A figure as the vendor tells it: `null` where it does not tell. */
export interface ToldUsage {
  readonly kind: 'data' | 'sms' | 'voice' | 'other';
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly records: number;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly messages: number | null;
}

export interface VendorInfo {
  readonly credentials: Readonly<Record<string, string>>;
  /** The limits in force, in words of the vendor's own. */
  readonly limits?: unknown;
  readonly bics?: { readonly valid: readonly string[]; readonly registered: string; readonly foreign: string };
  readonly accounts?: readonly string[];
  readonly templates?: readonly string[];
  /** Numbers that may stand as the sender of an SMS, `+` included. */
  readonly senders?: readonly string[];
}

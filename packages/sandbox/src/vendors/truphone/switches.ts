/** How the portal behaves where its documents are silent or contradict what was seen. */
export interface TruphoneSwitches {
  /** `strict`: a path without its final slash is answered 301, as the vendor's page says. Default `tolerant`, as seen. */
  readonly trailingSlash: 'tolerant' | 'strict';
  /** Status for a token that nobody owns. Default 401, as seen; the vendor's page reads as 403. */
  readonly badToken: 401 | 403;
  /** Versions the account may use; a path of another one answers 401, as seen with an account of v2.0. Default all. */
  readonly versions: readonly string[];
  /** Operations the account has no right to: 403. */
  readonly forbiddenOperations: readonly string[];
  /** Answer to change_status: 202 without a body, as seen (default), or 200 `{"detail":"OK"}`, as documented. */
  readonly changeStatusAnswer: 202 | 200;
  /** Bulk call with a refused or unknown SIM: nothing is done (default, inferred), or the rest is done all the same. */
  readonly bulkFailure: 'nothing-done' | 'rest-done';
  /** `status` of the v2.2 status answer: the object that clients read (default), or the text that the page prints. */
  readonly statusShape: 'object' | 'text';
  /** Body of "SIMs with tag": list of one object (default, the schema) or the object alone (the sample). */
  readonly tagSimsShape: 'array' | 'object';
  /** ICCIDs in JSON reports: bare numbers in the column `Source` only (default, as seen), everywhere or nowhere. */
  readonly reportIccid: 'number-in-source' | 'number' | 'text';
  /** `Total Usage` in JSON reports. Default `text`, as seen. */
  readonly reportUsage: 'text' | 'number';
  /** Most ICCIDs in the `iccid` list of a report; the vendor's figure is unpublished. */
  readonly reportMaximumIccids: number;
  /** An offset behind `validUntil`. Default false, as in the vendor's sample. */
  readonly validUntilOffset: boolean;
  /** `resourceURL` lacks a slash (`send_smsstatus`), as one client once had to repair. Default false. */
  readonly malformedResourceUrl: boolean;
  /** Whether a refusal is kept for its idempotency key too. Default true: the first answer, whatever it was. */
  readonly idempotencyKeepsRefusals: boolean;
  /** Day of the month on which the billing cycle starts. */
  readonly billCycleStartDay: number;
  /** Answer to the deletion of a usage rule: 204 (default, later document) or 200 with the rule (page). */
  readonly usageRuleDeletion: 204 | 200;
}

export const defaultSwitches: TruphoneSwitches = {
  trailingSlash: 'tolerant',
  badToken: 401,
  versions: ['v2.0', 'v2.1', 'v2.2'],
  forbiddenOperations: [],
  changeStatusAnswer: 202,
  bulkFailure: 'nothing-done',
  statusShape: 'object',
  tagSimsShape: 'array',
  reportIccid: 'number-in-source',
  reportUsage: 'text',
  reportMaximumIccids: 1000,
  validUntilOffset: false,
  malformedResourceUrl: false,
  idempotencyKeepsRefusals: true,
  billCycleStartDay: 1,
  usageRuleDeletion: 204,
};

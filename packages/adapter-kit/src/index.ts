export type { Authenticator, Credentials } from './auth/authenticator.js';
export { fixedToken } from './auth/fixed-token.js';
export { jwtLifeMs } from './auth/jwt-life.js';
export { type SignedIn, signedIn } from './auth/signed-in.js';
export type { ErrorReading, ReadError, RefusedAnswer } from './client/answer-error.js';
export type { CallerConfig } from './client/caller.js';
export { type ClientConfig, type CreatedClient, createClient } from './client/create-client.js';
export { type HeadersView, wholeNumber } from './http/headers.js';
export { isJsonObject } from './json/is-json-object.js';
export { parseLossless } from './json/parse-lossless.js';
export type { Bucket, BucketReading, Limits } from './limits/limits.js';
export { memoryRateStore } from './limits/memory-rate-store.js';
export type { Client, DataOf, InputOf, Reply } from './operations/client-types.js';
export {
  type Answer,
  type Declaration,
  type Operations,
  operation,
  type PathParams,
  type RepeatSafety,
  type Schemas,
  type Zod,
} from './operations/declaration.js';
export { type CursorPage, cursorList } from './paging/cursor-list.js';
export { foreignCursor, readPosition } from './paging/cursors.js';
export { emptyList } from './paging/empty-list.js';
export { keyedList } from './paging/keyed-list.js';
export { flatList, selectedList } from './paging/mapped-lists.js';
export { type NumberedListConfig, type NumberedPage, numberedList } from './paging/numbered-list.js';
export { redacted, redactMembers } from './redaction/redact.js';
export { type CommonSettings, commonSettings, parseSettings, type SettingsOf } from './settings/common-settings.js';
export { type Field, field } from './settings/field.js';
export { Secret, type SecretSource } from './settings/secret.js';
export { type Timing, timingOf } from './settings/timing.js';
export { csvRows } from './streams/csv-rows.js';
export { checkWindow } from './usage/check-window.js';
export { partialUsage, type SimFailure, simFailure } from './usage/unread-sims.js';
export { lookUntil, type Patience } from './writes/look-until.js';
export { mapConcurrent } from './writes/map-concurrent.js';
export { onceEach } from './writes/once-each.js';
export { outcomeOf } from './writes/outcome-of.js';
export { refuseAll } from './writes/refuse-all.js';
export type { SendResult, SimResult } from './writes/results.js';
export { type SettledWrite, writeAndSettle } from './writes/write-and-settle.js';
export { writeEach } from './writes/write-each.js';

/** `2015-03-06T11:15:57.000+0000`: SIMs, endpoints and SMS have an offset without colon. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

/** `2022-03-27T23:20:49.298Z`: events come from another back end. */
export function eventTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

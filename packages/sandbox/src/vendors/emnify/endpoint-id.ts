const FIRST_ID = 12_000_001;

/** The API's id of an endpoint that the stores know by its index. */
export function endpointId(index: number): number {
  return FIRST_ID + index;
}

export function endpointIndex(id: number): number {
  return id - FIRST_ID;
}

import nock from 'nock';
import { afterEach, beforeEach } from 'vitest';

/** For a whole file: nothing is answered but by nock, and no answer outlives its test. */
export function onlyNock(): void {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
}

import type { PagedList } from '@carrierkit/core';
import type { MergeOptions } from '../fleet.js';
import type { Router } from '../routing/router.js';
import type { Team } from '../routing/team.js';
import { mergedList, ownList, type Source } from './merged-list.js';

/** What a set of ports stands on: the whole fleet, or one provider asked for by name. */
export interface Scope {
  readonly team: Team;
  readonly router: Router;
  /** One provider asked for by name: its lists are its own, and its errors come as they are instead of as `partial`. */
  readonly named: boolean;
}

export function listOf<T>(scope: Scope, sources: readonly Source<T>[], options: MergeOptions = {}): PagedList<T> {
  const [only] = sources;
  return scope.named && only ? ownList(only, options) : mergedList(sources, options);
}

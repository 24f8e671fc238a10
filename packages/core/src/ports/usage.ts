import type { TimeWindow } from '../instants/time-window.js';
import type { SimTarget } from '../model/sim.js';
import type { Grain, UsageKind, UsageRecord } from '../model/usage-record.js';
import type { CallOptions, PagedList } from '../paging/paged-list.js';

/** What the SIMs have used. */
export interface Usage {
  /**
   * The records whose start lies in the window; `kinds` and `grain` choose among the sources that `capabilities.usage` declares.
   * `sims` left out: the whole account; where the source is per SIM the adapter then lists the SIMs itself.
   */
  records(
    query: {
      readonly window: TimeWindow;
      readonly kinds?: readonly UsageKind[];
      readonly grain?: Grain;
      readonly sims?: readonly SimTarget[];
    },
    options?: CallOptions,
  ): PagedList<UsageRecord>;
}

import { inputError, type TimeWindow } from '@carrierkit/core';

/** A window of no length has no records; one that ends before it begins is a mistake. @throws `input` */
export function checkWindow({ from, to }: TimeWindow): void {
  if (to < from) throw inputError('window', 'ends before it begins; `from` has to be the earlier one');
}

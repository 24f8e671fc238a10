/** `met` or `missed`; `null` for a rival that is shown beside, with no goal. */
export function verdict({ ratio, atMost, atLeast, missed = false }) {
  if (atMost === undefined && atLeast === undefined) return null;
  return !missed && ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? 0) ? 'met' : 'missed';
}

export function goal({ atMost, atLeast }) {
  if (atMost !== undefined) return `at most ${atMost}`;
  return atLeast === undefined ? '' : `at least ${atLeast}`;
}

/** For a terminal. */
export function line(row) {
  const { ratio, what, rival } = row;
  return `${(verdict(row) ?? '').padEnd(6)} ${ratio.toFixed(2).padStart(6)}  ${what}, beside ${rival} ${goal(row)}`.trimEnd();
}

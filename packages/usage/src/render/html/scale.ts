import type { Amount } from '../figure-text.js';
import { unitFor, unitName } from '../numbers.js';

/** In which unit an axis counts, so that its steps are round in it. */
export interface Scale {
  readonly divisor: number;
  readonly axisText: (value: number) => string;
}

const HOUR = 3600;
const MINUTE = 60;

export function scaleFor(figure: Amount, highest: number): Scale {
  switch (figure) {
    case 'bytes': {
      const unit = unitFor(highest);
      return inUnit(1000 ** unit, unitName(unit));
    }
    case 'seconds':
      return highest >= 2 * HOUR ? inUnit(HOUR, 'h') : highest >= 2 * MINUTE ? inUnit(MINUTE, 'min') : inUnit(1, 's');
    case 'messages':
      return inUnit(1, '');
  }
}

/** The highest column of stacked series. */
export function highestStack(series: readonly { readonly values: readonly (number | null)[] }[]): number {
  const stacks =
    series[0]?.values.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)) ?? [];
  return Math.max(0, ...stacks);
}

function inUnit(divisor: number, unit: string): Scale {
  return { divisor, axisText: (value) => `${value.toLocaleString('en-US')} ${unit}`.trim() };
}

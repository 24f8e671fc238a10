import { expect } from 'vitest';
import type { Shape } from '../shapes/shape.js';

export function expectShape(value: unknown, shape: Shape, what: string): void {
  expect(shape(value, what), `shape of ${what}`).toEqual([]);
}

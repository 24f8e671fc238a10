import type { FastifyInstance } from 'fastify';
import { ControlError } from './control-error.js';
import { parseDuration } from './duration.js';
import type { ControlEnvironment } from './environment.js';

interface ClockBody {
  readonly advance?: string;
  readonly now?: string;
}

const text = { type: 'string' };
const body = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: { advance: text, now: text },
};

/** Time, which only goes forward. */
export function clockRoutes(scope: FastifyInstance, environment: ControlEnvironment): void {
  scope.get('/clock', () => ({ now: environment.engine().clock.iso() }));
  scope.post<{ Body: ClockBody }>('/clock', { schema: { body } }, (request) => {
    const { clock } = environment.engine();
    clock.advance(millisecondsOf(request.body, clock.now()));
    return { now: clock.iso() };
  });
}

function millisecondsOf({ advance, now }: ClockBody, current: number): number {
  if (advance !== undefined) {
    const milliseconds = parseDuration(advance);
    if (milliseconds === undefined) {
      throw new ControlError(400, `advance: "${advance}" is no ISO 8601 duration such as PT90S, PT1H or P1D`);
    }
    return milliseconds;
  }
  const target = Date.parse(now ?? '');
  if (Number.isNaN(target)) throw new ControlError(400, `now: "${now}" is no ISO 8601 instant`);
  if (target < current) throw new ControlError(400, 'now: the clock does not go back; reset starts it anew');
  return target - current;
}

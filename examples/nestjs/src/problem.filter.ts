import { ConnectivityError, type ErrorKind } from '@carrierkit/core';
import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

const STATUS: Partial<Record<ErrorKind, number>> = {
  input: 400,
  'damaged-identifier': 400,
  'not-found': 404,
  conflict: 409,
  'illegal-transition': 409,
  unsupported: 501,
  'rate-limited': 503,
};

/**
 * One place turns our errors into answers; their messages hold no secret and no subscriber data.
 * `is` and not `@Catch(ConnectivityError)`, which goes by `instanceof`: a second copy of the library may be installed.
 */
@Catch()
export class ProblemFilter extends BaseExceptionFilter {
  override catch(thrown: unknown, host: ArgumentsHost): void {
    if (!ConnectivityError.is(thrown)) return super.catch(thrown, host);
    const { kind, message } = thrown;
    const response = host.switchToHttp().getResponse<{ status(code: number): { json(body: unknown): void } }>();
    response.status(STATUS[kind] ?? 502).json({ kind, message });
  }
}

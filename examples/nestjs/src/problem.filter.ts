import { ConnectivityError, type ErrorKind } from '@carrierkit/core';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';

const STATUS: Partial<Record<ErrorKind, number>> = {
  input: 400,
  'damaged-identifier': 400,
  'not-found': 404,
  conflict: 409,
  'illegal-transition': 409,
  unsupported: 501,
  'rate-limited': 503,
};

/** One place turns our errors into answers; their messages hold no secret and no subscriber data. */
@Catch(ConnectivityError)
export class ProblemFilter implements ExceptionFilter<ConnectivityError> {
  catch({ kind, message }: ConnectivityError, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<{ status(code: number): { json(body: unknown): void } }>();
    response.status(STATUS[kind] ?? 502).json({ kind, message });
  }
}

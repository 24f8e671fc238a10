import type { Answer } from '../../framework/answer.js';
import type { Problem, VendorRequest } from '../../framework/vendor.js';
import { apiError, notANumber, validationError } from './answers.js';
import { refused } from './batches.js';
import { badEventPaging } from './events.js';

const EVENT_LISTS = new Set(['listSimEvents', 'listEndpointEvents']);
const WITHOUT_400 = new Set(['getEndpointSms', 'cancelEndpointSms']);

/** What a request that does not fit the description is answered with; out-of-range paging is none of that. */
export function invalidAnswer(request: VendorRequest, problems: readonly Problem[]): Answer | undefined {
  const path = problems.find(({ place }) => place === 'path');
  if (path !== undefined) {
    const value = request.params[path.field] ?? '';
    return WITHOUT_400.has(request.operationId) ? apiError(404, 1201, 'sms not found') : notANumber(value);
  }
  const body = problems.find(({ place }) => place === 'body' || place === 'media' || place === 'syntax');
  if (body !== undefined) return invalidBody(request, body);
  const isEvents = EVENT_LISTS.has(request.operationId);
  const badPaging = isEvents ? badEventPaging(request) : undefined;
  if (badPaging !== undefined) return badPaging;
  for (const { field } of problems) {
    const value = request.rawQuery.get(field) ?? '';
    if (field === 'q' && value !== '') return apiError(422, 1301, `Search criteria ${value} is invalid`);
    if (field === 'sort' && value !== '') {
      return isEvents
        ? apiError(400, 1302, `Sort ${value} is invalid`)
        : apiError(422, 1302, `Sort criteria ${value} is invalid`);
    }
  }
  // Paging values are adjusted by the list, dates are checked by the statistics.
  return undefined;
}

function invalidBody(request: VendorRequest, problem: Problem): Answer {
  if (request.operationId === 'registerSimBatchByBic') return refused();
  const isUnknownStatus =
    problem.place === 'body' && problem.field.endsWith('status/id') && Number.isInteger(idOf(request));
  if (!isUnknownStatus) return apiError(400, 1000, `Cannot parse the body: ${problem.field} ${problem.message}`.trim());
  return validationError('Validation error', { code: 1401, message: `Status with Id '${idOf(request)}' not found.` });
}

function idOf(request: VendorRequest): number | undefined {
  return (request.body as { readonly status?: { readonly id?: number } } | undefined)?.status?.id;
}

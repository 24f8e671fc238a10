import { z } from 'zod';
import { ConnectivityError } from '../errors/connectivity-error.js';
import { inputErrors } from '../errors/make-error.js';

/** A schema out of one of core's parse functions: same rules, same messages. */
export function parsed<T>(parse: (input: unknown) => T) {
  return z.unknown().transform((input, context): T => {
    try {
      return parse(input);
    } catch (error) {
      if (!ConnectivityError.is(error)) throw error;
      const issues = error.kind === 'input' ? error.details.issues : [{ path: '', message: error.message }];
      const params = error.kind === 'damaged-identifier' ? { candidates: error.details.candidates } : {};
      for (const { path, message } of issues) {
        context.addIssue({ code: 'custom', message, params, path: path === '' ? [] : path.split('.') });
      }
      return z.NEVER;
    }
  });
}

/**
 * Validates with any zod schema, but fails as the rest of the library does: no `ZodError` leaves a package.
 * `path` is put before the paths of the findings (`providers.emea`).
 * @throws `input` with all findings, `damaged-identifier` when the only finding is one
 */
export function parseWith<S extends z.ZodType>(schema: S, input: unknown, path = ''): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw inputErrorFrom(result.error, path);
}

/** The findings of a `ZodError` as an error of ours. Zod's messages say what was expected, they do not repeat values. */
export function inputErrorFrom(
  error: z.ZodError,
  path = '',
): ConnectivityError<'input'> | ConnectivityError<'damaged-identifier'> {
  const issues = error.issues.map((issue) => ({ path: pathText([path, ...issue.path]), message: issue.message }));
  const [only] = error.issues;
  const candidates =
    only?.code === 'custom' ? (only.params?.['candidates'] as readonly string[] | undefined) : undefined;
  if (candidates === undefined || issues.length > 1) return inputErrors(issues);
  const text = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join();
  return new ConnectivityError('damaged-identifier', text, { details: { candidates } });
}

/** `['sims', 3, 'iccid']` -> `sims[3].iccid` */
function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (part !== '') text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

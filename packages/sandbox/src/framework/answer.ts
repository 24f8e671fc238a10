/** What a vendor answers. Header names are sent spelled as given. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: no body, Content-Length 0. */
  readonly body?: AnswerBody;
  /** Reason phrase of the status line; empty text is possible. Default: the usual one. */
  readonly reason?: string;
  /** This answer was given before and is repeated for the sake of an idempotency key. */
  readonly replayed?: boolean;
  /** Deliberately outside the vendor's description (a state word it does not know): not checked. */
  readonly offContract?: boolean;
}

export type AnswerBody =
  | { readonly json: unknown }
  | { readonly text: string }
  /** Sent chunk by chunk, pulled as fast as the client reads; not checked against the description. */
  | { readonly stream: Iterable<string> | AsyncIterable<string> };

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: { json: value } };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

export function stream(
  status: number,
  chunks: Iterable<string> | AsyncIterable<string>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'Content-Type': 'text/csv', ...headers }, body: { stream: chunks } };
}

/**
 * Ends a `switch` over a closed union: a case that was forgotten does not compile.
 * At run time it throws a `TypeError` that does not repeat the value, which may hold personal data.
 */
export function assertNever(value: never): never {
  throw new TypeError(`a case is missing for a value of type ${typeof value}`);
}

import type { Hooks } from '@carrierkit/core';

/** Observation never disturbs a call: what a hook throws is dropped, also where it is asynchronous. */
export function safeHooks(hooks: Hooks): Hooks {
  const guard =
    <E>(hook: ((event: E) => void) | undefined) =>
    (event: E): void => {
      try {
        const result: unknown = hook?.(event);
        if (result instanceof Promise) result.catch(() => {});
      } catch {
        // The observer's own business.
      }
    };
  return {
    onRequest: guard(hooks.onRequest?.bind(hooks)),
    onResponse: guard(hooks.onResponse?.bind(hooks)),
    onRetry: guard(hooks.onRetry?.bind(hooks)),
    onWait: guard(hooks.onWait?.bind(hooks)),
  };
}

import type { Hooks } from './hooks.js';

/** Several observers as one: each is told of everything, in this order; one that throws does not keep the others from hearing. */
export function allHooks(...observers: readonly Hooks[]): Hooks {
  const tell =
    <E>(pick: (hooks: Hooks) => ((event: E) => void) | undefined) =>
    (event: E): void => {
      const failures: unknown[] = [];
      for (const hooks of observers) {
        try {
          pick(hooks)?.call(hooks, event);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    };
  return {
    onRequest: tell((hooks) => hooks.onRequest),
    onResponse: tell((hooks) => hooks.onResponse),
    onRetry: tell((hooks) => hooks.onRetry),
    onWait: tell((hooks) => hooks.onWait),
  };
}

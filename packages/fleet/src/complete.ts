/**
 * A port with nothing missing: an ability that a provider lacks throws `unsupported` instead of being absent. It is assignable to the
 * port itself, so code written against one provider runs against the fleet.
 */
export type Complete<P> = {
  readonly [K in keyof P]-?: NonNullable<P[K]> extends (...args: never[]) => unknown
    ? NonNullable<P[K]>
    : Complete<NonNullable<P[K]>>;
};

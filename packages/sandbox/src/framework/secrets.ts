/** Everything that must not appear in an output, collected so that outputs can be searched for it. */
export interface SecretRegister {
  add(...values: readonly string[]): void;
  list(): readonly string[];
}

export function createSecretRegister(): SecretRegister {
  const values = new Set<string>();
  return {
    add: (...added) => {
      for (const value of added) if (value !== '') values.add(value);
    },
    list: () => [...values],
  };
}

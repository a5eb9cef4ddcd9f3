/**
 * The syntax trees of the built-in gates that hooks ask, by file (`storeModule`), put in by the build of the hook
 * (scripts/gates-plugin.ts); undefined when the sources run as they are.
 */
export const storedGates: Readonly<Record<string, string>> | undefined = undefined;

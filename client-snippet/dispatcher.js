/**
 * Subscriptions by name. A handler that throws neither stops the others nor raises an error event in the user's page.
 */
export function createDispatcher() {
  /** @type {Map<string, Set<(value: any) => void>>} */
  const handlers = new Map();

  return {
    /** @returns {() => void} ends the subscription */
    on(name, handler) {
      const all = handlers.get(name) ?? new Set();
      handlers.set(name, all.add(handler));
      return () => all.delete(handler);
    },
    emit(name, value) {
      for (const handler of handlers.get(name) ?? []) {
        try {
          handler(value);
        } catch (error) {
          console.error('[liveserve]', error);
        }
      }
    },
  };
}

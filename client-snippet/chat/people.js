/**
 * Who is here, from `welcome` and `presence`.
 */
export function createPeople() {
  /** @type {Map<string, { user: string, name: string, tag: string, pages?: string[], state?: string }>} */
  const people = new Map();

  return {
    reset(list) {
      people.clear();
      for (const person of list ?? []) people.set(person.user, person);
    },
    apply({ full, join, leave, change }) {
      if (full) this.reset(full);
      for (const person of [...join ?? [], ...change ?? []]) people.set(person.user, { ...people.get(person.user), ...person });
      for (const person of leave ?? []) people.delete(person.user);
    },
    list: () => [...people.values()].sort((a, b) => a.name.localeCompare(b.name)),
  };
}

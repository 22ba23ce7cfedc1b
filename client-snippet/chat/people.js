/**
 * Who is here, from `welcome` and `presence`.
 *
 * @typedef {{ user: string, name: string, tag?: string, tabs?: number, pages?: string[], state?: string }} Person
 */
export function createPeople() {
  /** @type {Map<string, Person>} */
  const people = new Map();

  function reset(list) {
    people.clear();
    for (const person of list ?? []) people.set(person.user, person);
  }

  return {
    reset,
    apply({ full, join, leave, change }) {
      if (full) reset(full);
      for (const person of [...join ?? [], ...change ?? []]) people.set(person.user, { ...people.get(person.user), ...person });
      for (const person of leave ?? []) people.delete(person.user);
    },
    /** @param {string} user */
    nameOf: user => people.get(user)?.name,
    get size() { return people.size; },
    list: () => [...people.values()].sort((a, b) => a.name.localeCompare(b.name)),
  };
}

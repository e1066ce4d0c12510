/** Somebody in a list of people: people of external organisations are told apart by its name. */
export function personLabel(person: { readonly name: string; readonly organisation?: string | null }): string {
  return person.organisation ? `${person.name} · ${person.organisation}` : person.name;
}

import { useState } from "react";
import { useOrganisations, type Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { Picker } from "../parts/Picker";
import { namedList } from "../parts/people";

/** One external organisation, from a list that typing narrows. */
export default function OrganisationInput({ value, onChange, ...rest }: InputProps) {
  const [opened, setOpened] = useState(rest.inline ?? false);
  const organisations = useOrganisations(opened);
  const chosen = namedList(value);
  const known = new Map([...chosen, ...(organisations.data ?? [])].map((one) => [one.id, one.name]));
  const pick = (next: unknown): Json => {
    if (next === null) return null;
    const name = known.get(Number(next));
    return name === undefined ? Number(next) : { id: Number(next), name };
  };
  return (
    <Picker
      {...rest}
      options={[...known].map(([id, name]) => ({ value: id, label: name }))}
      value={chosen[0]?.id ?? null}
      onPick={(next) => onChange(pick(next))}
      loading={organisations.isFetching}
      onOpen={() => setOpened(true)}
    />
  );
}

import { useState } from "react";
import { useUsers, type Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { Picker } from "./Picker";
import { namedList, Person, type Named } from "./people";

/** People by name or e-mail; the server searches while one types. */
export function UserPicker({ value, onChange, multiple = false, ...rest }: InputProps & { multiple?: boolean }) {
  const [text, setText] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const users = useUsers(text, opened);
  const chosen = namedList(value);
  const known = new Map<number, Named>([...chosen, ...(users.data ?? [])].map((user) => [user.id, user]));
  const listed = [...new Map([...(users.data ?? []), ...(text ? [] : chosen)].map((user) => [user.id, user])).values()];
  const options = listed.map((user) => ({ value: user.id, label: user.name, shown: <Person name={user.name} /> }));
  const pick = (next: unknown): Json => {
    const people = (Array.isArray(next) ? next : next === null ? [] : [next]).map((id): Json => {
      const user = known.get(Number(id));
      return user ? { id: user.id, name: user.name } : Number(id);
    });
    return multiple ? (people.length ? people : null) : (people[0] ?? null);
  };
  const ids = chosen.map((user) => user.id);
  return (
    <Picker
      {...rest}
      multiple={multiple}
      options={options}
      value={multiple ? ids : (ids[0] ?? null)}
      onPick={(next) => onChange(pick(next))}
      loading={users.isFetching}
      onSearch={setText}
      onOpen={() => setOpened(true)}
    />
  );
}

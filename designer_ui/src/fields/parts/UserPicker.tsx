import { useState } from "react";
import { useUsers, type Json, type UserJson } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { personLabel } from "@/ui/personLabel";
import { Picker } from "./Picker";
import { namedList, Person, type Named } from "./people";

type Listed = Named & Pick<UserJson, "organisation">;

/** People by name or e-mail; the server searches while one types. */
export function UserPicker({ value, onChange, multiple = false, ...rest }: InputProps & { multiple?: boolean }) {
  const [text, setText] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const users = useUsers(text, opened, rest.field.settings?.["external"] === true);
  const chosen = namedList(value);
  const known = new Map<number, Listed>([...chosen, ...(users.data ?? [])].map((user) => [user.id, user]));
  const listed = [...new Map([...(users.data ?? []), ...(text ? [] : chosen)].map((user) => [user.id, user])).values()];
  const options = listed.map((one) => {
    const user: Listed = known.get(one.id) ?? one;
    return { value: user.id, label: personLabel(user), shown: <Person name={user.name} organisation={user.organisation ?? null} /> };
  });
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

import { useState } from "react";
import { useDepartments, type DepartmentJson, type Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { Picker } from "./Picker";
import { namedList } from "./people";

/** "HQ / Sales / East": where a department stands. */
export function departmentPath(department: DepartmentJson, all: ReadonlyMap<number, DepartmentJson>): string {
  const names = [department.name];
  const seen = new Set([department.id]);
  let parent = department.parent_id ? all.get(department.parent_id) : undefined;
  while (parent && !seen.has(parent.id)) {
    seen.add(parent.id);
    names.unshift(parent.name);
    parent = parent.parent_id ? all.get(parent.parent_id) : undefined;
  }
  return names.join(" / ");
}

export function DepartmentPicker({ value, onChange, multiple = false, ...rest }: InputProps & { multiple?: boolean }) {
  const [opened, setOpened] = useState(rest.inline ?? false);
  const departments = useDepartments(opened);
  const chosen = namedList(value);
  const all = new Map((departments.data ?? []).map((department) => [department.id, department]));
  const listed = departments.data
    ? departments.data.map((department) => ({ value: department.id, label: departmentPath(department, all), shown: departmentPath(department, all) }))
    : chosen.map((department) => ({ value: department.id, label: department.name }));
  const pick = (next: unknown): Json => {
    const picked = (Array.isArray(next) ? next : next === null ? [] : [next]).map((id): Json => {
      const name = all.get(Number(id))?.name ?? chosen.find((one) => one.id === Number(id))?.name;
      return name === undefined ? Number(id) : { id: Number(id), name };
    });
    return multiple ? (picked.length ? picked : null) : (picked[0] ?? null);
  };
  const ids = chosen.map((department) => department.id);
  return (
    <Picker
      {...rest}
      multiple={multiple}
      options={listed}
      value={multiple ? ids : (ids[0] ?? null)}
      onPick={(next) => onChange(pick(next))}
      loading={departments.isFetching}
      onOpen={() => setOpened(true)}
    />
  );
}

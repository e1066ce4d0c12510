import { Select } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useApps, useUsers } from "@/api";
import { useFormat } from "@/ui/format";
import { useNames, useOrganisation, useRoles } from "../calls";
import { departmentPaths } from "../departments";

interface Common {
  readonly id?: string;
  /** Where no label stands beside it. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly className?: string;
}

interface One<Value> extends Common {
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
}

interface Many<Value> extends Common {
  readonly value: readonly Value[];
  readonly onChange: (value: readonly Value[]) => void;
}

/** Escape closes an open list, not the dialog in which it stands. */
function closeListOnly(event: KeyboardEvent): void {
  if (event.key === "Escape" && event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true") event.preventDefault();
}

function common({ id, label, placeholder, className }: Common) {
  return {
    ...(id ? { id } : {}),
    ...(label ? { "aria-label": label } : {}),
    ...(placeholder ? { placeholder } : {}),
    className: className ?? "f-fill",
    showSearch: { optionFilterProp: "label" },
    allowClear: true,
    onKeyDown: closeListOnly,
  };
}

/** Options of departments by their path; closed ones only where they are chosen already. */
function useDepartmentOptions(chosen: readonly number[]) {
  const departments = useOrganisation().data ?? [];
  const paths = departmentPaths(departments);
  return departments
    .filter((one) => one.active || chosen.includes(one.id))
    .map((one) => ({ value: one.id, label: paths.get(one.id) ?? one.name }));
}

export function DepartmentSelect({ value, onChange, ...rest }: One<number>) {
  const options = useDepartmentOptions(value === null ? [] : [value]);
  return <Select {...common(rest)} options={options} value={value} onChange={(next: number | undefined) => onChange(next ?? null)} popupMatchSelectWidth={false} />;
}

export function DepartmentsSelect({ value, onChange, ...rest }: Many<number>) {
  const options = useDepartmentOptions(value);
  return <Select {...common(rest)} mode="multiple" options={options} value={[...value]} onChange={onChange} />;
}

/** Roles; one that may not be given can only stay where it is. */
function useRoleOptions() {
  const format = useFormat();
  return (useRoles().data ?? []).map((role) => ({ value: role.key, label: format.label(role.label), disabled: !role.gives }));
}

/** The apps that whoever is signed in sees. */
export function AppsSelect({ value, onChange, ...rest }: Many<string>) {
  const format = useFormat();
  const options = (useApps().data ?? []).map((app) => ({ value: app.key, label: format.label(app.label) }));
  return <Select {...common(rest)} mode="multiple" options={options} value={[...value]} onChange={onChange} />;
}

export function RoleSelect({ value, onChange, ...rest }: One<string>) {
  return <Select {...common(rest)} options={useRoleOptions()} value={value} onChange={(next: string | undefined) => onChange(next ?? null)} popupMatchSelectWidth={false} />;
}

export function RolesSelect({ value, onChange, ...rest }: Many<string>) {
  return <Select {...common(rest)} mode="multiple" options={useRoleOptions()} value={[...value]} onChange={onChange} />;
}

/** Options of people: the server searches while one types; those chosen keep their names. */
function usePersonOptions(chosen: readonly number[]) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [opened, setOpened] = useState(false);
  const users = useUsers(text, opened);
  const names = useNames(chosen).data;
  const listed = new Map<number, string>((users.data ?? []).map((user) => [user.id, `${user.name} · ${user.email}`]));
  if (!text) for (const id of chosen) if (!listed.has(id)) listed.set(id, names?.get(id) ?? `#${id}`);
  return {
    options: [...listed].map(([value, label]) => ({ value, label })),
    labelRender: ({ value }: { value?: string | number; label?: unknown }) => names?.get(Number(value)) ?? users.data?.find((user) => user.id === value)?.name ?? `#${String(value)}`,
    showSearch: { filterOption: false as const, onSearch: setText },
    loading: users.isFetching,
    notFoundContent: <span className="muted">{users.isFetching ? t("ui.loading") : t("fields.nothingFound")}</span>,
    onOpenChange: (open: boolean) => {
      if (open) setOpened(true);
    },
  };
}

export function PersonSelect({ value, onChange, ...rest }: One<number>) {
  const people = usePersonOptions(value === null ? [] : [value]);
  return <Select {...common(rest)} {...people} value={value} onChange={(next: number | undefined) => onChange(next ?? null)} />;
}

export function PeopleSelect({ value, onChange, ...rest }: Many<number>) {
  const people = usePersonOptions(value);
  return <Select {...common(rest)} {...people} mode="multiple" value={[...value]} onChange={onChange} />;
}

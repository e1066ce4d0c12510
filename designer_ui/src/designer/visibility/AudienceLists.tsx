/** Those who are named by roles, kinds of partners, departments, organisations, or one by one. */
import { useDepartments, useOrganisations, useUsers, type DepartmentJson } from "@/api";
import type { Audience } from "@/model/design/audience";
import { useFormat } from "@/ui/format";
import { personLabel } from "@/ui/personLabel";
import { Checkbox, Select } from "antd";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { RoleFacts } from "../permissions/calls";

const KINDS = ["customer", "dealer", "supplier"] as const;

interface Props {
  readonly audience: Audience;
  readonly roles: readonly Pick<RoleFacts, "key" | "label">[];
  readonly onChange: (audience: Audience) => void;
}

export function AudienceLists({ audience, roles, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const put = (list: keyof Audience) => (names: readonly string[]): void => onChange({ ...audience, [list]: names });
  const known = roles.map(({ key }) => key);
  const offered = [...roles.map(({ key, label }) => ({ key, label: format.label(label) || key })), ...(audience.roles ?? []).filter((key) => !known.includes(key)).map((key) => ({ key, label: key }))];
  return (
    <>
      <p className="muted">{t("visibility.someHelp")}</p>
      <Checks legend={t("permissions.roles")} options={offered} chosen={audience.roles ?? []} onChange={put("roles")} />
      <Checks legend={t("permissions.external.title")} options={KINDS.map((key) => ({ key, label: t(`permissions.external.${key}`) }))} chosen={audience.external ?? []} onChange={put("external")} />
      <label htmlFor={`${id}-departments`}>{t("visibility.departments")}</label>
      <Departments id={`${id}-departments`} value={audience.departments ?? []} onChange={put("departments")} />
      <label htmlFor={`${id}-users`}>{t("visibility.users")}</label>
      <People id={`${id}-users`} value={audience.users ?? []} onChange={put("users")} />
      <label htmlFor={`${id}-organisations`}>{t("visibility.organisations")}</label>
      <Organisations id={`${id}-organisations`} value={audience.organisations ?? []} onChange={put("organisations")} />
    </>
  );
}

interface ChecksProps {
  readonly legend: string;
  readonly options: readonly { readonly key: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Checks({ legend, options, chosen, onChange }: ChecksProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ key, label }) => (
        <Checkbox key={key} checked={chosen.includes(key)} onChange={(event) => onChange(options.map((one) => one.key).filter((one) => (one === key ? event.target.checked : chosen.includes(one))))}>{label}</Checkbox>
      ))}
    </fieldset>
  );
}

interface ManyProps {
  readonly id: string;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Escape closes an open list, not the dialog in which it stands. */
function closeListOnly(event: KeyboardEvent): void {
  if (event.key === "Escape" && event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true") event.preventDefault();
}

/** Several names out of those that are there; names that are nobody's stay until somebody takes them out. */
function Many({ id, value, onChange, names, loading }: ManyProps & { readonly names: readonly string[] | undefined; readonly loading: boolean }) {
  const { t } = useTranslation();
  const known = new Set(names?.map((one) => one.toLowerCase()));
  const strange = names ? value.filter((one) => !known.has(one.toLowerCase())) : value;
  const options = [...(names ?? []).map((one) => ({ value: one, label: one })), ...strange.map((one) => ({ value: one, label: names ? t("visibility.unknown", { name: one }) : one }))];
  return <Select<string[]> id={id} mode="multiple" className="f-fill" showSearch={{ optionFilterProp: "label" }} options={options} value={[...value]} onChange={onChange} loading={loading} onKeyDown={closeListOnly} />;
}

function Departments(props: ManyProps) {
  const departments = useDepartments();
  return <Many {...props} names={departments.data && pathsOf(departments.data)} loading={departments.isFetching} />;
}

function Organisations(props: ManyProps) {
  const organisations = useOrganisations();
  return <Many {...props} names={organisations.data?.map(({ name }) => name)} loading={organisations.isFetching} />;
}

/** People by their addresses: the server searches while one types. */
function People({ id, value, onChange }: ManyProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const users = useUsers(text, true, true);
  const found = (users.data ?? []).flatMap(({ email, ...one }) => (email ? [{ value: email, label: `${personLabel(one)} · ${email}` }] : []));
  const listed = new Set(found.map((one) => one.value));
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      className="f-fill"
      showSearch={{ filterOption: false, onSearch: setText }}
      options={[...found, ...value.filter((one) => !listed.has(one)).map((one) => ({ value: one, label: one }))]}
      labelRender={({ value: email }) => String(email)}
      value={[...value]}
      onChange={onChange}
      loading={users.isFetching}
      notFoundContent={<span className="muted">{t(users.isFetching ? "ui.loading" : "fields.nothingFound")}</span>}
      onKeyDown={closeListOnly}
    />
  );
}

/** "Head office / Sales" of each department. */
function pathsOf(departments: readonly DepartmentJson[]): readonly string[] {
  const known = new Map(departments.map((one) => [one.id, one]));
  const path = (one: DepartmentJson, below: readonly number[]): string => {
    const above = one.parent_id === null || one.parent_id === undefined || below.includes(one.parent_id) ? undefined : known.get(one.parent_id);
    return above ? `${path(above, [...below, one.id])} / ${one.name}` : one.name;
  };
  return departments.map((one) => path(one, []));
}

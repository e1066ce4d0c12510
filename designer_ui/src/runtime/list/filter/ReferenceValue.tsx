/** Chooses a person, a department or a related record for a condition. */
import { useDepartments, useLookup, useOrganisations, useUsers } from "@/api";
import { personLabel } from "@/ui/personLabel";
import { isMe, type Operand } from "@/model/filter";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly value: Operand;
  readonly label: string;
  readonly onChange: (value: Operand) => void;
}

interface Choice {
  readonly value: string | number;
  readonly label: string;
}

const ME = "me";

function ChoiceSelect({ value, label, choices, onSearch, onChange }: Props & {
  readonly choices: readonly Choice[];
  readonly onSearch?: (text: string) => void;
}) {
  const { t } = useTranslation();
  const chosen = isMe(value) ? ME : typeof value === "number" ? value : null;
  const known = chosen === null || choices.some((choice) => choice.value === chosen);
  const options = known ? choices : [...choices, { value: chosen, label: `#${chosen}` }];
  return (
    <Select<string | number>
      className="filter-value"
      value={chosen}
      options={[...options]}
      aria-label={label}
      placeholder={t("list.filter.choose")}
      showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={(next) => onChange(next === ME ? { me: true } : Number(next))}
    />
  );
}

export function PersonValue(props: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const users = useUsers(text, true, true);
  const people = (users.data ?? []).map((user) => ({ value: user.id, label: personLabel(user) }));
  return <ChoiceSelect {...props} choices={[{ value: ME, label: t("list.filter.me") }, ...people]} onSearch={setText} />;
}

export function DepartmentValue(props: Props) {
  const departments = useDepartments();
  const choices = (departments.data ?? []).map((item) => ({ value: item.id, label: item.name }));
  return <ChoiceSelect {...props} choices={choices} />;
}

export function OrganisationValue(props: Props) {
  const organisations = useOrganisations();
  const choices = (organisations.data ?? []).map((item) => ({ value: item.id, label: item.name }));
  return <ChoiceSelect {...props} choices={choices} />;
}

export function RecordValue({ app, form, ...props }: Props & { readonly app: string; readonly form: string }) {
  const [text, setText] = useState("");
  const found = useLookup(app, form, text, true);
  const choices = (found.data?.records ?? []).map((record) => ({ value: record.id, label: record.title ?? `#${record.id}` }));
  return <ChoiceSelect {...props} choices={choices} onSearch={setText} />;
}

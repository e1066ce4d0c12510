/** What one quick filter offers; fetched when it is first opened. */
import { personLabel } from "@/ui/personLabel";
import { useDepartments, useLookup, useOrganisations, useUsers, type FieldInfo } from "@/api";
import { optionsOf, textSetting } from "@/catalogue/settings";
import { choicesOf, DATE_CHOICES, EMPTY_CHOICE, ME_CHOICE } from "@/model/view";
import { useFormat } from "@/ui/format";
import { Button, Checkbox, DatePicker, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { quickKind } from "./kinds";
import { dateChoiceName } from "./names";

interface Props {
  readonly app: string;
  readonly field: FieldInfo;
  readonly name: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onDone: () => void;
}

export default function QuickPanel(props: Props) {
  const { t } = useTranslation();
  const { name, text, onChange, onDone } = props;
  return (
    <div className="quick-panel">
      <div className="list-panel-head">
        <h2>{name}</h2>
        {text === "" ? null : (
          <Button
            size="small"
            type="link"
            onClick={() => {
              onChange("");
              onDone();
            }}
          >
            {t("ui.clear")}
          </Button>
        )}
      </div>
      <Choices {...props} />
    </div>
  );
}

function Choices(props: Props) {
  switch (quickKind(props.field)) {
    case "date":
      return <DateChoices {...props} />;
    case "boolean":
      return <BooleanChoices {...props} />;
    case "person":
      return <PersonChoices {...props} />;
    case "department":
      return <DepartmentChoices {...props} />;
    case "organisation":
      return <OrganisationChoices {...props} />;
    case "record":
      return <RecordChoices {...props} />;
    default:
      return <OptionChoices {...props} />;
  }
}

function OptionChoices({ field, text, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const options = optionsOf(field).map((option) => ({ value: option.key, label: format.label(option.label) }));
  return (
    <Checkbox.Group
      className="quick-choices"
      value={[...choicesOf(text)]}
      options={[...options, { value: EMPTY_CHOICE, label: t("list.quick.empty") }]}
      onChange={(values) => onChange(values.join(","))}
    />
  );
}

function BooleanChoices({ text, onChange, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      className="quick-choices"
      value={text}
      options={[{ value: "true", label: t("list.quick.yes") }, { value: "false", label: t("list.quick.no") }]}
      onChange={(event) => {
        onChange(String(event.target.value));
        onDone();
      }}
    />
  );
}

function DateChoices({ text, name, onChange, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first = "", last = ""] = text.includes("..") ? text.split("..") : [];
  return (
    <>
      <Radio.Group
        className="quick-choices three"
        value={text}
        options={DATE_CHOICES.map((choice) => ({ value: choice, label: dateChoiceName(choice, format, t) }))}
        onChange={(event) => {
          onChange(String(event.target.value));
          onDone();
        }}
      />
      <DatePicker.RangePicker
        aria-label={name}
        value={[first ? dayjs(first) : null, last ? dayjs(last) : null]}
        allowEmpty={[true, true]}
        onChange={(days) => {
          const [from, to] = [days?.[0]?.format("YYYY-MM-DD") ?? "", days?.[1]?.format("YYYY-MM-DD") ?? ""];
          onChange(from || to ? `${from}..${to}` : "");
        }}
      />
    </>
  );
}

interface Offered {
  readonly value: string;
  readonly label: string;
}

function ManyOf({ name, text, offered, onSearch, onChange }: Pick<Props, "name" | "text" | "onChange"> & {
  readonly offered: readonly Offered[];
  readonly onSearch?: (text: string) => void;
}) {
  const { t } = useTranslation();
  const chosen = choicesOf(text);
  const all = [...offered, { value: EMPTY_CHOICE, label: t("list.quick.empty") }];
  const unknown = chosen.filter((choice) => !all.some(({ value }) => value === choice)).map((value) => ({ value, label: `#${value}` }));
  return (
    <Select<string[]>
      mode="multiple"
      autoFocus
      value={[...chosen]}
      options={[...all, ...unknown]}
      aria-label={name}
      placeholder={t("list.filter.choose")}
      showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={(values) => onChange(values.join(","))}
    />
  );
}

function PersonChoices(props: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const users = useUsers(search, true, true);
  const people = (users.data ?? []).map((user) => ({ value: String(user.id), label: personLabel(user) }));
  return <ManyOf {...props} offered={[{ value: ME_CHOICE, label: t("list.filter.me") }, ...people]} onSearch={setSearch} />;
}

function DepartmentChoices(props: Props) {
  const departments = useDepartments();
  return <ManyOf {...props} offered={(departments.data ?? []).map((item) => ({ value: String(item.id), label: item.name }))} />;
}

function OrganisationChoices(props: Props) {
  const organisations = useOrganisations();
  return <ManyOf {...props} offered={(organisations.data ?? []).map((item) => ({ value: String(item.id), label: item.name }))} />;
}

function RecordChoices(props: Props) {
  const [search, setSearch] = useState("");
  const found = useLookup(props.app, textSetting(props.field, "form") ?? "", search, true);
  const records = (found.data?.records ?? []).map((record) => ({ value: String(record.id), label: record.title ?? `#${record.id}` }));
  return <ManyOf {...props} offered={records} onSearch={setSearch} />;
}

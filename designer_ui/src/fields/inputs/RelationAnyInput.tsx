import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApp, type RecordRefJson } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { AddRecord } from "../parts/AddRecord";
import { Picker } from "../parts/Picker";
import { recordRefOf } from "../parts/records";
import { useRecordChoices } from "../parts/useRecordChoices";

const ALL = "";

function conditionsOf(settings: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, string>> {
  return (settings?.["filter"] ?? {}) as Readonly<Record<string, string>>;
}

/** A record of one of several forms: one search over all of them, or over one kind alone. */
export default function RelationAnyInput({ value, onChange, ...rest }: InputProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const chosen = recordRefOf(value);
  const [kind, setKind] = useState(ALL);
  const forms = (rest.field.settings?.["forms"] ?? []) as readonly string[];
  const conditions = conditionsOf(rest.field.settings);
  const asked = forms.filter((form) => kind === ALL || form === kind);
  const { offers, loading, more } = useRecordChoices({ value, onChange, ...rest }, asked, asked.map((form) => conditions[form]), typed, opened);
  const labels = useApp(rest.place.app).data?.forms;
  const kindLabel = (form: string) => format.label(labels?.[form]?.label) || form;
  const records = offers.map(({ form, record, title: name, detail, group }) => ({ form, id: record.id, title: name, detail, group }));
  const keyOf = (record: RecordRefJson) => `${record.form}:${record.id}`;
  const listed = chosen && !typed && !records.some((record) => keyOf(record) === keyOf(chosen)) ? [{ ...chosen, detail: "", group: records[0]?.group }, ...records] : records;
  const title = (record: RecordRefJson) => (record.title === null ? t("fields.hiddenRecord") : record.title || `#${record.id}`);
  return (
    <span className={rest.inline ? "f-fill" : "f-kinds"}>
      {rest.inline || forms.length < 2 ? null : (
        <Select<string>
          className="f-kind"
          value={kind}
          disabled={rest.disabled ?? false}
          aria-label={t("fields.relation.kind")}
          popupMatchSelectWidth={false}
          options={[{ value: ALL, label: t("fields.relation.anyKind") }, ...forms.map((form) => ({ value: form, label: kindLabel(form) }))]}
          onChange={(next) => {
            setKind(next);
            if (chosen && next !== ALL && chosen.form !== next) onChange(null);
          }}
        />
      )}
      <Picker
        {...rest}
        options={listed.map((record) => ({
          value: keyOf(record),
          label: title(record),
          detail: record.detail,
          group: record.group,
          shown: <span className="f-row"><span className="muted">{kindLabel(record.form)}</span><span className="ellipsis">{title(record)}</span></span>,
        }))}
        value={chosen ? keyOf(chosen) : null}
        onPick={(next) => {
          const record = listed.find((one) => keyOf(one) === next);
          onChange(record ? { form: record.form, id: record.id, title: record.title } : null);
        }}
        loading={loading}
        onMore={more}
        onSearch={setTyped}
        onOpen={() => setOpened(true)}
        footer={
          <AddRecord
            app={rest.place.app}
            forms={asked}
            typed={typed}
            onCreated={(form, record) => onChange({ form, id: record.id, title: record.title })}
          />
        }
      />
    </span>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RelationJson } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { AddRecord } from "../parts/AddRecord";
import { Picker } from "../parts/Picker";
import { useRecordChoices } from "../parts/useRecordChoices";

function chosenOf(value: unknown): RelationJson | null {
  if (typeof value === "object" && value !== null && "id" in value) return value as RelationJson;
  return typeof value === "number" ? { id: value, title: `#${value}` } : null;
}

/** A record of another form, found by typing; a missing one is made in a dialog. */
export default function RelationInput({ value, onChange, ...rest }: InputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const form = textSetting(rest.field, "form") ?? rest.place.form;
  const { offers, loading, more } = useRecordChoices({ value, onChange, ...rest }, [form], [textSetting(rest.field, "filter")], typed, opened);
  const chosen = chosenOf(value);
  const records = offers.map(({ record, title, detail, group }) => ({ id: record.id, title, detail, group }));
  const listed = chosen && !typed && !records.some((record) => record.id === chosen.id) ? [{ ...chosen, detail: "", group: records[0]?.group }, ...records] : records;
  const title = (record: RelationJson) => record.title ?? t("fields.hiddenRecord");
  return (
    <Picker
      {...rest}
      options={listed.map((record) => ({ value: record.id, label: title(record) || `#${record.id}`, detail: record.detail, group: record.group }))}
      value={chosen?.id ?? null}
      onPick={(next) => {
        const record = listed.find((one) => one.id === next);
        onChange(next === null ? null : record ? { id: record.id, title: record.title } : Number(next));
      }}
      loading={loading}
      onMore={more}
      onSearch={setTyped}
      onOpen={() => setOpened(true)}
      footer={<AddRecord app={rest.place.app} forms={[form]} typed={typed} onCreated={(_, { id, title: name }) => onChange({ id, title: name })} />}
    />
  );
}

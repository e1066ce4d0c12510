import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLookup, type RelationJson } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { targetFilter } from "@/model/relation";
import { AddRecord } from "../parts/AddRecord";
import { Picker } from "../parts/Picker";
import { useSettled } from "../parts/useSettled";

function chosenOf(value: unknown): RelationJson | null {
  if (typeof value === "object" && value !== null && "id" in value) return value as RelationJson;
  return typeof value === "number" ? { id: value, title: `#${value}` } : null;
}

/** A record of another form, found by typing; a missing one is made in a dialog. */
export default function RelationInput({ value, onChange, ...rest }: InputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const text = useSettled(typed, 200);
  const form = textSetting(rest.field, "form") ?? rest.place.form;
  const filter = targetFilter(textSetting(rest.field, "filter"), rest.values ?? {});
  const found = useLookup(rest.place.app, form, text, opened, filter);
  const chosen = chosenOf(value);
  const records: RelationJson[] = (found.data?.records ?? []).map(({ id, title }) => ({ id, title }));
  const listed = chosen && !typed && !records.some((record) => record.id === chosen.id) ? [chosen, ...records] : records;
  const title = (record: RelationJson) => record.title ?? t("fields.hiddenRecord");
  return (
    <Picker
      {...rest}
      options={listed.map((record) => ({ value: record.id, label: title(record) || `#${record.id}` }))}
      value={chosen?.id ?? null}
      onPick={(next) => onChange(next === null ? null : (listed.find((record) => record.id === next) as { id: number; title: string | null } | undefined) ?? Number(next))}
      loading={found.isFetching}
      onSearch={setTyped}
      onOpen={() => setOpened(true)}
      footer={<AddRecord app={rest.place.app} forms={[form]} typed={typed} onCreated={(_, { id, title: name }) => onChange({ id, title: name })} />}
    />
  );
}

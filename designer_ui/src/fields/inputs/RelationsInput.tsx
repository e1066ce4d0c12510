import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json, RelationJson } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { IconButton } from "@/ui/IconButton";
import { AddRecord } from "../parts/AddRecord";
import { Picker, pickedIds } from "../parts/Picker";
import { recordsOf } from "../parts/records";
import { useRecordChoices } from "../parts/useRecordChoices";

/** Records of another form, found by typing; their order is their own and can be changed below. */
export default function RelationsInput({ value, onChange, ...rest }: InputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState(rest.inline ?? false);
  const form = textSetting(rest.field, "form") ?? rest.place.form;
  const { offers, loading, more } = useRecordChoices({ value, onChange, ...rest }, [form], [textSetting(rest.field, "filter")], typed, opened);
  const chosen = recordsOf(value);
  const records: readonly RelationJson[] = offers.map(({ record, title }) => ({ id: record.id, title }));
  const known = new Map<number, RelationJson>([...records, ...chosen].map((record) => [record.id, record]));
  const told = new Map(offers.map(({ record, detail, group }) => [record.id, { detail, group }]));
  const [first] = offers;
  const listed = [...known.values()].map((record) => ({ ...record, ...(told.get(record.id) ?? { detail: "", group: first?.group }) }));
  const label = (record: RelationJson) => (record.title === null ? t("fields.hiddenRecord") : record.title || `#${record.id}`);
  const put = (next: readonly RelationJson[]) => onChange(next.length ? next.map(({ id, title }): Json => ({ id, title })) : null);
  const move = (from: number, to: number) => {
    const next = [...chosen];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
  };
  return (
    <>
      <Picker
        {...rest}
        multiple
        options={listed.map((record) => ({ value: record.id, label: label(record), detail: record.detail, group: record.group }))}
        value={chosen.map((record) => record.id)}
        onPick={(next) => put(next === null ? [] : pickedIds(next).map((id) => known.get(id) ?? { id, title: `#${id}` }))}
        loading={loading}
        onMore={more}
        onSearch={setTyped}
        onOpen={() => setOpened(true)}
        footer={<AddRecord app={rest.place.app} forms={[form]} typed={typed} onCreated={(_, record) => put([...chosen, record])} />}
      />
      {rest.inline || rest.disabled || chosen.length < 2 ? null : (
        <ol className="f-order">
          {chosen.map((record, place) => (
            <li key={record.id} className="f-chip">
              <IconButton label={t("fields.relation.moveBefore", { title: label(record) })} disabled={place === 0} onClick={() => move(place, place - 1)}><IconChevronLeft size={14} aria-hidden /></IconButton>
              <span className="ellipsis">{label(record)}</span>
              <IconButton label={t("fields.relation.moveAfter", { title: label(record) })} disabled={place === chosen.length - 1} onClick={() => move(place, place + 1)}><IconChevronRight size={14} aria-hidden /></IconButton>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

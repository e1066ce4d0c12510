/** What belongs to the way the records are shown: the dates of a calendar, what stands on a card, the columns of a board, what leads upwards in a tree. */
import type { Describe } from "@/api";
import {
  CALENDAR_MODES, CARD_SIZES, type BoardSettings, type CalendarSettings, type CardField, type GallerySettings, type KindSettings, type ListState, type TreeSettings,
} from "@/model/view";
import { useFormat } from "@/ui/format";
import { Checkbox, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, isNumeric, valueType } from "../fields";
import { badgeFields, choiceFields, dateFields, imageFields, treeFields } from "../kinds";

interface Props {
  readonly describe: Describe;
  readonly kind: ListState["kind"];
  readonly settings: KindSettings;
  readonly onChange: (settings: KindSettings) => void;
}

export function KindFields({ describe, kind, settings, onChange }: Props) {
  const { board, calendar, gallery, tree } = settings;
  if (kind === "kanban" && board) return <BoardFields describe={describe} value={board} onChange={(next) => onChange({ ...settings, board: next })} />;
  if (kind === "calendar" && calendar) return <CalendarFields describe={describe} value={calendar} onChange={(next) => onChange({ ...settings, calendar: next })} />;
  if (kind === "gallery" && gallery) return <GalleryFields describe={describe} value={gallery} onChange={(next) => onChange({ ...settings, gallery: next })} />;
  if (kind === "tree" && tree) return <TreeFields describe={describe} value={tree} onChange={(next) => onChange({ ...settings, tree: next })} />;
  return null;
}

interface PartProps<Settings> {
  readonly describe: Describe;
  readonly value: Settings;
  readonly onChange: (settings: Settings) => void;
}

const NONE = "";

function useFieldOptions(describe: Describe): (keys: readonly string[], none?: string) => { value: string; label: string }[] {
  const format = useFormat();
  const fields = fieldsOf(describe);
  return (keys, none) => [
    ...(none === undefined ? [] : [{ value: NONE, label: none }]),
    ...keys.map((key) => ({ value: key, label: format.label(fields[key]?.label) || key })),
  ];
}

function Row({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="list-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

function Caption({ id, label, example, value, onChange }: { id: string; label: string; example: string; value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <Row id={id} label={label}>
      <Input id={id} value={value ?? ""} maxLength={200} aria-describedby={`${id}-help`} onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)} />
      <span id={`${id}-help`} className="muted">{t("list.settings.captionHelp", { example: `{${example}}` })}</span>
    </Row>
  );
}

function CalendarFields({ describe, value, onChange }: PartProps<CalendarSettings>) {
  const { t } = useTranslation();
  const options = useFieldOptions(describe);
  const fields = fieldsOf(describe);
  const dates = dateFields(describe);
  const ends = dates.filter((key) => key !== value.start && valueType(fields[key]) === valueType(fields[value.start]));
  return (
    <>
      <Row id="view-start" label={t("list.settings.start")}>
        <Select<string> id="view-start" value={value.start} options={options(dates)} onChange={(start) => onChange({ ...value, start, end: null })} />
      </Row>
      <Row id="view-end" label={t("list.settings.end")}>
        <Select<string> id="view-end" value={value.end ?? NONE} options={options(ends, t("list.settings.noEnd"))} onChange={(end) => onChange({ ...value, end: end || null })} />
      </Row>
      <Row id="view-mode" label={t("list.settings.mode")}>
        <Select<CalendarSettings["mode"]> id="view-mode" value={value.mode} options={CALENDAR_MODES.map((mode) => ({ value: mode, label: t(`list.settings.modes.${mode}`) }))} onChange={(mode) => onChange({ ...value, mode })} />
      </Row>
      <Caption id="view-caption" label={t("list.settings.caption")} example={fieldOrder(describe)[0] ?? "name"} value={value.title} onChange={(title) => onChange({ ...value, title })} />
    </>
  );
}

const MOST_FIELDS = 8;
const MOST_BADGES = 4;
const NOT_ON_CARDS = new Set(["image", "subform"]);

function GalleryFields({ describe, value, onChange }: PartProps<GallerySettings>) {
  const { t } = useTranslation();
  const options = useFieldOptions(describe);
  const fields = fieldsOf(describe);
  const usable = fieldOrder(describe).filter((key) => fields[key] && !NOT_ON_CARDS.has(fields[key].type));
  const choose = (keys: readonly string[]): void =>
    onChange({ ...value, fields: keys.map((field): CardField => value.fields.find((item) => item.field === field) ?? { field, label: true, size: "normal" }) });
  const set = (field: string, change: Partial<CardField>): void =>
    onChange({ ...value, fields: value.fields.map((item) => (item.field === field ? { ...item, ...change } : item)) });
  return (
    <>
      <Row id="view-cover" label={t("list.settings.cover")}>
        <Select<string> id="view-cover" value={value.cover ?? NONE} options={options(imageFields(describe), t("list.settings.noCover"))} onChange={(cover) => onChange({ ...value, cover: cover || null })} />
      </Row>
      {value.cover ? (
        <Row id="view-fit" label={t("list.settings.fit")}>
          <Select<GallerySettings["fit"]> id="view-fit" value={value.fit} options={(["fill", "whole"] as const).map((fit) => ({ value: fit, label: t(`list.settings.fits.${fit}`) }))} onChange={(fit) => onChange({ ...value, fit })} />
        </Row>
      ) : null}
      <Row id="view-size" label={t("list.settings.size")}>
        <Select<GallerySettings["size"]> id="view-size" value={value.size} options={CARD_SIZES.map((size) => ({ value: size, label: t(`list.settings.sizes.${size}`) }))} onChange={(size) => onChange({ ...value, size })} />
      </Row>
      <Caption id="view-cardtitle" label={t("list.settings.cardTitle")} example={fieldOrder(describe)[0] ?? "name"} value={value.title} onChange={(title) => onChange({ ...value, title })} />
      <Row id="view-cardfields" label={t("list.settings.cardFields")}>
        <Select<string[]> id="view-cardfields" mode="multiple" maxCount={MOST_FIELDS} value={value.fields.map((item) => item.field)} options={options(usable)} placeholder={t("list.filter.choose")} showSearch={{ optionFilterProp: "label" }} onChange={choose} />
        {value.fields.map((item) => {
          const [name] = options([item.field]);
          return (
            <div key={item.field} className="card-field">
              <span className="ellipsis">{name?.label}</span>
              <Checkbox checked={item.label} aria-label={t("list.settings.labelOf", { field: name?.label })} onChange={(event) => set(item.field, { label: event.target.checked })}>{t("list.settings.label")}</Checkbox>
              <Select<CardField["size"]>
                value={item.size}
                aria-label={t("list.settings.lettersOf", { field: name?.label })}
                options={(["small", "normal", "large"] as const).map((size) => ({ value: size, label: t(`list.settings.letters.${size}`) }))}
                onChange={(size) => set(item.field, { size })}
              />
            </div>
          );
        })}
      </Row>
      <Row id="view-badges" label={t("list.settings.badges")}>
        <Select<string[]> id="view-badges" mode="multiple" maxCount={MOST_BADGES} value={[...value.badges]} options={options(badgeFields(describe))} placeholder={t("list.filter.choose")} onChange={(badges) => onChange({ ...value, badges })} />
      </Row>
    </>
  );
}

function TreeFields({ describe, value, onChange }: PartProps<TreeSettings>) {
  const { t } = useTranslation();
  const options = useFieldOptions(describe);
  return (
    <Row id="view-parent" label={t("list.settings.parent")}>
      <Select<string> id="view-parent" value={value.parent} options={options(treeFields(describe))} onChange={(parent) => onChange({ parent })} />
    </Row>
  );
}

function BoardFields({ describe, value, onChange }: PartProps<BoardSettings>) {
  const { t } = useTranslation();
  const options = useFieldOptions(describe);
  const fields = fieldsOf(describe);
  const numbers = fieldOrder(describe).filter((key) => isNumeric(fields[key]));
  return (
    <>
      <Row id="view-by" label={t("list.settings.by")}>
        <Select<string> id="view-by" value={value.by} options={options(choiceFields(describe))} onChange={(by) => onChange({ ...value, by })} />
      </Row>
      <Row id="view-card" label={t("list.settings.cardFields")}>
        <Select<string[]> id="view-card" mode="multiple" maxCount={12} value={[...value.card]} options={options(fieldOrder(describe))} placeholder={t("list.filter.choose")} showSearch={{ optionFilterProp: "label" }} onChange={(card) => onChange({ ...value, card })} />
      </Row>
      <Row id="view-measure" label={t("list.settings.measure")}>
        <Select<string> id="view-measure" value={value.measure ?? NONE} options={options(numbers, t("list.settings.noMeasure"))} onChange={(measure) => onChange({ ...value, measure: measure || null })} />
      </Row>
    </>
  );
}

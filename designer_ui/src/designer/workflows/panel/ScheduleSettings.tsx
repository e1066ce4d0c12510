/** When a start by schedule comes round, and for which records. */
import { InputNumber, Input, Select as MultiSelect } from "antd";
import { useTranslation } from "react-i18next";
import { withMember, type Start } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { fieldsIn, type Choice } from "../document";
import { Row, Select } from "../parts";
import type { PanelScene } from "./scene";

interface Props {
  readonly scene: PanelScene;
  readonly start: Start;
  readonly onChange: (start: Start, about?: string) => void;
}

const DATES: ReadonlySet<string> = new Set(["date", "datetime"]);
/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

export function ScheduleSettings({ scene, start, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const every = start.every ?? "day";
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
  const days = every === "week"
    ? Array.from({ length: 7 }, (_, index) => ({ value: index + 1, label: weekday.format(MONDAY + index * DAY) }))
    : [...Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: String(index + 1) })), { value: -1, label: t("flow.schedule.lastDay") }];
  const dates: readonly Choice[] = fieldsIn(scene.document, scene.workflow.form).filter(({ type }) => DATES.has(type)).map(({ key, label }) => ({ value: key, label }));
  const { date } = start;
  const offset = date?.offset ?? 0;
  const setDate = (field: string, by: number): void => onChange({ ...start, date: { field, ...(by === 0 ? {} : { offset: by }) } }, "date");
  return (
    <>
      <Row label={t("flow.schedule.every")}>{(id) => <Select id={id} value={every} choices={["day", "week", "month"].map((value) => ({ value, label: t(`flow.schedule.${value}`) }))} onChange={(value) => onChange(withMember(withMember(start, "days", undefined), "every", value === "day" ? undefined : (value as Start["every"])))} />}</Row>
      {every === "day" ? null : (
        <Row label={t("flow.schedule.days")}>
          {(id) => <MultiSelect<number[]> id={id} mode="multiple" value={[...(start.days ?? [])]} placeholder={t(`flow.schedule.any_${every}`)} optionFilterProp="label" options={days} onChange={(value) => onChange(withMember(start, "days", value.length > 0 ? value : undefined))} />}
        </Row>
      )}
      <Row label={t("flow.schedule.at")} help={t("flow.schedule.atHelp")}>{(id) => <Input id={id} type="time" value={start.at ?? ""} onChange={(event) => onChange(withMember(start, "at", event.target.value || undefined), "at")} />}</Row>
      <Row label={t("flow.schedule.date")}>
        {(id) => <Select id={id} value={date?.field} choices={dates.map((one) => ({ ...one, label: format.label(one.label) || one.value }))} empty={t("flow.schedule.noDate")} onChange={(field) => (field ? setDate(field, offset) : onChange(withMember(start, "date", undefined)))} />}
      </Row>
      {date ? (
        <>
          <Row label={t("flow.schedule.offset")}>{(id) => <InputNumber id={id} min={0} max={3650} precision={0} value={Math.abs(offset)} onChange={(value) => setDate(date.field, (offset > 0 ? 1 : -1) * (value ?? 0))} />}</Row>
          <Row label={t("flow.schedule.side")}>{(id) => <Select id={id} value={offset > 0 ? "after" : "before"} choices={["before", "after"].map((value) => ({ value, label: t(`flow.schedule.${value}`) }))} onChange={(side) => setDate(date.field, Math.abs(offset) * (side === "after" ? 1 : -1))} />}</Row>
        </>
      ) : null}
    </>
  );
}

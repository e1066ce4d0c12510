/** A day of a condition: a date of the calendar, or one counted from today. */
import { isExactDay, isRelative, type Operand } from "@/model/filter";
import { DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

type Way = "exact" | "today" | "ago" | "ahead";

function wayOf(value: Operand): Way {
  if (!isRelative(value) || value.days === 0) return isExactDay(value) ? "exact" : "today";
  return value.days < 0 ? "ago" : "ahead";
}

function startOf(way: Way): Operand {
  if (way === "exact") return { date: dayjs().format("YYYY-MM-DD") };
  return { days: way === "today" ? 0 : way === "ago" ? -7 : 7 };
}

interface Props {
  readonly value: Operand;
  readonly label: string;
  readonly onChange: (value: Operand) => void;
}

export function DayValue({ value, label, onChange }: Props) {
  const { t } = useTranslation();
  const way = wayOf(value);
  const ways: readonly Way[] = ["exact", "today", "ago", "ahead"];
  return (
    <span className="filter-day">
      <Select<Way>
        value={way}
        aria-label={label}
        popupMatchSelectWidth={false}
        options={ways.map((item) => ({ value: item, label: t(`list.filter.day.${item}`) }))}
        onChange={(next) => onChange(startOf(next))}
      />
      {way === "exact" && isExactDay(value) ? (
        <DatePicker
          value={value.date === "" ? null : dayjs(value.date)}
          aria-label={t("list.filter.date")}
          allowClear={false}
          onChange={(day) => onChange({ date: day ? day.format("YYYY-MM-DD") : "" })}
        />
      ) : null}
      {isRelative(value) && way !== "today" && way !== "exact" ? (
        <InputNumber
          value={Math.abs(value.days)}
          min={1}
          max={9999}
          precision={0}
          aria-label={t("list.filter.days")}
          onChange={(days) => onChange({ days: (way === "ago" ? -1 : 1) * (days ?? 1) })}
        />
      ) : null}
    </span>
  );
}

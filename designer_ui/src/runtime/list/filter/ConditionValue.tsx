/** The control that fits a condition's field and operator. */
import type { FieldInfo } from "@/api";
import { optionsOf, textSetting } from "@/catalogue/settings";
import { familyOf, PERIODS, valueCount, type Condition, type Operand } from "@/model/filter";
import { useFormat } from "@/ui/format";
import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { valueType } from "../fields";
import { DayValue } from "./DayValue";
import { DepartmentValue, OrganisationValue, PersonValue, RecordValue } from "./ReferenceValue";

interface Props {
  readonly row: Condition;
  readonly field: FieldInfo;
  readonly app: string;
  readonly onChange: (values: readonly Operand[]) => void;
}

export function ConditionValue({ row, field, app, onChange }: Props) {
  const { t } = useTranslation();
  const label = t("list.filter.value");
  const count = valueCount(row.operator);
  if (count === 0) return null;
  if (row.operator === "period") return <PeriodValue value={row.values[0] ?? ""} label={label} onChange={(value) => onChange([value])} />;
  if (count === "many") return <ManyOptions row={row} field={field} onChange={onChange} />;
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <OneValue
          key={index}
          app={app}
          field={field}
          days={row.operator !== "last_days" && row.operator !== "next_days"}
          label={count === 2 ? t(index === 0 ? "list.filter.from" : "list.filter.to") : label}
          value={row.values[index] ?? ""}
          onChange={(value) => onChange(Array.from({ length: count }, (__, at) => (at === index ? value : (row.values[at] ?? ""))))}
        />
      ))}
    </>
  );
}

interface ValueProps {
  readonly value: Operand;
  readonly label: string;
  readonly onChange: (value: Operand) => void;
}

function OneValue({ field, app, days, ...props }: ValueProps & { field: FieldInfo; app: string; days: boolean }) {
  const type = valueType(field);
  const family = familyOf(type);
  if (family === "date" || family === "datetime") return days ? <DayValue {...props} /> : <DayCount {...props} />;
  if (family === "number") return <NumberValue {...props} percent={type === "percent"} />;
  if (family === "choice" || family === "choices") return <OptionValue {...props} field={field} />;
  if (type === "department" || type === "departments") return <DepartmentValue {...props} />;
  if (type === "organisation") return <OrganisationValue {...props} />;
  if (family === "person" || family === "people") return <PersonValue {...props} />;
  if (type === "relation" || type === "relations") return <RecordValue {...props} app={app} form={textSetting(field, "form") ?? ""} />;
  return (
    <Input
      className="filter-value"
      type={family === "time" ? "time" : "text"}
      value={typeof props.value === "string" ? props.value : ""}
      aria-label={props.label}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function PeriodValue({ value, label, onChange }: ValueProps) {
  const { t } = useTranslation();
  return (
    <Select<string>
      className="filter-value"
      value={String(value)}
      aria-label={label}
      popupMatchSelectWidth={false}
      options={PERIODS.map((period) => ({ value: period, label: t(`list.filter.period.${period}`) }))}
      onChange={onChange}
    />
  );
}

function DayCount({ value, label, onChange }: ValueProps) {
  const { t } = useTranslation();
  return (
    <InputNumber
      className="filter-value"
      value={typeof value === "number" ? value : null}
      min={1}
      max={9999}
      precision={0}
      aria-label={label}
      suffix={t("list.filter.daysUnit")}
      onChange={(days) => onChange(days ?? "")}
    />
  );
}

function NumberValue({ value, label, percent, onChange }: ValueProps & { percent: boolean }) {
  const scale = percent ? 100 : 1;
  const shown = typeof value === "number" ? Number((value * scale).toPrecision(15)) : null;
  return (
    <InputNumber
      className="filter-value"
      value={shown}
      aria-label={label}
      suffix={percent ? "%" : null}
      onChange={(next) => onChange(typeof next === "number" ? Number((next / scale).toPrecision(15)) : "")}
    />
  );
}

function useOptions(field: FieldInfo): { value: string; label: string }[] {
  const format = useFormat();
  return optionsOf(field).map((option) => ({ value: option.key, label: format.label(option.label) }));
}

function OptionValue({ value, label, field, onChange }: ValueProps & { field: FieldInfo }) {
  const { t } = useTranslation();
  return (
    <Select<string>
      className="filter-value"
      value={value === "" ? null : String(value)}
      options={useOptions(field)}
      aria-label={label}
      placeholder={t("list.filter.choose")}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={onChange}
    />
  );
}

function ManyOptions({ row, field, onChange }: Omit<Props, "app">) {
  const { t } = useTranslation();
  return (
    <Select<string[]>
      className="filter-value"
      mode="multiple"
      value={row.values.map(String)}
      options={useOptions(field)}
      aria-label={t("list.filter.value")}
      placeholder={t("list.filter.choose")}
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "label" }}
      onChange={onChange}
    />
  );
}

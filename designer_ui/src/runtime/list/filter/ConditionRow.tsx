/** One condition: field, operator, value, and the button that takes it away. */
import { operatorsOf, withField, withOperator, type Condition, type FilterFields, type Operator } from "@/model/filter";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconX } from "@tabler/icons-react";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { valueType, type Fields } from "../fields";
import { ConditionValue } from "./ConditionValue";
import { FieldSelect } from "./FieldSelect";

export interface FilterContext {
  readonly app: string;
  readonly fields: Fields;
  readonly filterFields: FilterFields;
  readonly keys: readonly string[];
}

interface Props {
  readonly row: Condition;
  readonly context: FilterContext;
  readonly onChange: (row: Condition) => void;
  readonly onRemove: () => void;
}

/** The word of an operator depends on what it compares: "after" a date is "more than" of a number. */
export function operatorTextKey(operator: Operator, type: string): string {
  const days = type === "date" || type === "datetime" || type === "time";
  return `list.filter.operator.${days && ["is", "less", "at_most", "more", "at_least"].includes(operator) ? `day_${operator}` : operator}`;
}

export function ConditionRow({ row, context, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = context.fields[row.field];
  const type = valueType(field);
  const operators = operatorsOf(type);
  return (
    <div className="filter-row" role="group" aria-label={format.label(field?.label)}>
      <FieldSelect
        className="filter-field"
        fields={context.fields}
        keys={context.keys}
        value={row.field}
        label={t("list.filter.field")}
        onChange={(key) => onChange(withField(row, key, context.filterFields))}
      />
      <Select<Operator>
        className="filter-operator"
        value={row.operator}
        aria-label={t("list.filter.how")}
        popupMatchSelectWidth={false}
        options={(operators.includes(row.operator) ? operators : [row.operator, ...operators]).map((operator) => ({
          value: operator,
          label: t(operatorTextKey(operator, type)),
        }))}
        onChange={(operator) => onChange(withOperator(row, operator, context.filterFields))}
      />
      {field ? (
        <ConditionValue row={row} field={field} app={context.app} onChange={(values) => onChange({ ...row, values })} />
      ) : null}
      <IconButton label={t("list.filter.remove")} className="filter-remove" onClick={onRemove}>
        <IconX size={16} />
      </IconButton>
    </div>
  );
}

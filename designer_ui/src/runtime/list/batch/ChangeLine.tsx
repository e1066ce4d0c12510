/** What is to become of one field: a value, nothing, more or less of a list, or what an expression gives. */
import type { Describe } from "@/api";
import { ExpressionEditor } from "@/catalogue/expression";
import { FieldInput } from "@/catalogue/FieldInput";
import { Skeleton } from "@/ui/Skeleton";
import { IconX } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FieldSelect } from "../filter/FieldSelect";
import { fieldsOf, valueType } from "../fields";
import { FIRST_CHANGE, waysOf, type FieldChange, type How } from "./changes";

interface Props {
  readonly describe: Describe;
  readonly place: number;
  readonly change: FieldChange;
  /** The fields that no other line changes. */
  readonly free: readonly string[];
  readonly onChange: (change: FieldChange) => void;
  readonly onRemove: (() => void) | undefined;
}

export function ChangeLine({ describe, place, change, free, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { app, key: form } = describe;
  const subject = useMemo(() => ({ app, form }), [app, form]);
  const fields = fieldsOf(describe);
  const { key, how, value, text } = change;
  const field = key === undefined ? undefined : fields[key];
  return (
    <div className="batch-line" role="group" aria-label={t("batch.line", { number: place + 1 })}>
      <FieldSelect
        fields={fields}
        keys={free}
        value={key}
        label={t("batch.field")}
        placeholder={t("batch.choose")}
        onChange={(next) => onChange({ ...FIRST_CHANGE, key: next })}
      />
      {field ? (
        <Select<How>
          value={how}
          aria-label={t("batch.how")}
          options={waysOf(field.type).map((way) => ({ value: way, label: t(`batch.ways.${way}`) }))}
          onChange={(next) => onChange({ ...change, how: next })}
        />
      ) : null}
      {onRemove ? <Button type="text" aria-label={t("batch.remove")} icon={<IconX size={16} aria-hidden />} onClick={onRemove} /> : null}
      {field && key !== undefined && how === "compute" ? (
        <div className="batch-value">
          <Suspense fallback={<Skeleton lines={2} />}>
            <ExpressionEditor subject={subject} value={text} onChange={(next) => onChange({ ...change, text: next })} expects={valueType(field)} label={t("batch.expression")} />
          </Suspense>
        </div>
      ) : null}
      {field && key !== undefined && how !== "compute" && how !== "clear" ? (
        <div className="batch-value">
          <FieldInput
            key={key}
            id={`batch-value-${place}`}
            value={value}
            onChange={(next) => onChange({ ...change, value: next })}
            field={field}
            place={{ app, form, field: key }}
            label={t("batch.value")}
          />
        </div>
      ) : null}
    </div>
  );
}

/** A total of one column: of a group, or of all records. */
import type { FieldInfo, Json } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { numberSetting } from "@/catalogue/settings";
import type { TotalFunction } from "@/model/view";
import { valueType } from "../fields";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly column: string;
  readonly field: FieldInfo;
  readonly fn: TotalFunction;
  readonly value: Json;
}

const COUNTS = new Set<TotalFunction>(["count", "count_distinct"]);
/** Digits of an average of whole numbers; money has its own. */
const DECIMALS = 2;

export function TotalCell({ app, form, column, field, fn, value }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null) return null;
  const digits = (numberSetting(field, "decimals") ?? DECIMALS) + (valueType(field) === "percent" ? DECIMALS : 0);
  const shown = fn === "average" ? Number(Number(value).toFixed(digits)) : value;
  return (
    <>
      {fn === "sum" ? null : <small>{t(`list.total.short.${fn}`)}</small>}
      {COUNTS.has(fn) ? (
        <span className="num">{format.number(Number(value))}</span>
      ) : (
        <FieldCell value={shown} field={field} place={{ app, form, field: column }} />
      )}
    </>
  );
}

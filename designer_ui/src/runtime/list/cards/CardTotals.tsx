import type { Describe, Json } from "@/api";
import { useFormat } from "@/ui/format";
import { fieldsOf } from "../fields";
import { TotalCell } from "../grid/TotalCell";
import type { Total } from "../totals";

interface Props {
  readonly describe: Describe;
  readonly totals: readonly Total[];
  /** By column; one that is missing keeps its place. */
  readonly values: Readonly<Record<string, Json>>;
}

/** Totals by the names of their columns, one below the other. */
export function CardTotals({ describe, totals, values }: Props) {
  const format = useFormat();
  const fields = fieldsOf(describe);
  return (
    <dl className="card-totals">
      {totals.map(({ field: key, fn }) => {
        const field = fields[key];
        return field ? (
          <div key={key}>
            <dt>{format.label(field.label)}</dt>
            <dd><TotalCell app={describe.app} form={describe.key} column={key} field={field} fn={fn} value={values[key] ?? null} /></dd>
          </div>
        ) : null;
      })}
    </dl>
  );
}

import type { Describe, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { useFormat } from "@/ui/format";

/** The facts under a record's title, as its form names them, on the screen and on paper. */
export function RecordFacts({ describe, record }: { describe: Describe; record: RecordJson }) {
  const format = useFormat();
  const facts = describe.facts.flatMap((key) => {
    const field = fieldOf(describe, key);
    return field ? [{ key, field }] : [];
  });
  if (facts.length === 0) return null;
  return (
    <dl className="record-facts">
      {facts.map(({ key, field }) => (
        <div key={key}>
          <dt>{format.label(field.label)}</dt>
          <dd><FieldCell value={record[key]} field={field} place={{ app: describe.app, form: describe.key, field: key, record: record.id }} blank="—" /></dd>
        </div>
      ))}
    </dl>
  );
}

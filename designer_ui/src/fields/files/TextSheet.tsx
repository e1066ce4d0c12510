import { useTranslation } from "react-i18next";
import { separatorOf } from "@/model/fileKinds";
import { readTable } from "@/model/cells/table";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useFileText } from "./content";

const MOST_ROWS = 500;
const MOST_COLUMNS = 60;

/** A text as it was written, or as a table: nothing in it is read as markup. */
export function TextSheet({ address, table }: { address: string; table: boolean }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useFileText(address);
  if (error) return <ErrorView part error={error} onRetry={refetch} />;
  if (isPending) return <Skeleton lines={8} />;
  if (data.text === "") return <p className="muted">{t("viewer.empty")}</p>;
  const rows = table ? readTable(data.text, separatorOf(data.text)) : [];
  const cut = data.cut || rows.length > MOST_ROWS || (rows[0]?.length ?? 0) > MOST_COLUMNS;
  return (
    <div className="viewer-text">
      {cut ? <p className="viewer-cut" role="note">{t("viewer.cut")}</p> : null}
      {table ? <Table rows={rows} /> : <pre>{data.text}</pre>}
    </div>
  );
}

function Table({ rows: [head = [], ...rows] }: { rows: readonly (readonly string[])[] }) {
  const format = useFormat();
  return (
    <table>
      <thead>
        <tr><th scope="col" className="num muted">#</th>{head.slice(0, MOST_COLUMNS).map((cell, place) => <th key={place} scope="col">{cell}</th>)}</tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST_ROWS).map((row, place) => (
          <tr key={place}><th scope="row" className="num muted">{format.number(place + 1)}</th>{row.slice(0, MOST_COLUMNS).map((cell, column) => <td key={column}>{cell}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}

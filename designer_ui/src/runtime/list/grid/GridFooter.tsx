/** The totals over all records of a list, loaded or not; stays in sight at the bottom, with its place kept while they are on their way. */
import type { Json } from "@/api";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { useGrid } from "./context";
import { TotalCells, totalHead } from "./GroupRow";

export interface Overall {
  readonly count: number;
  readonly totals: Readonly<Record<string, Json>>;
}

const HEIGHT = 36;
const NONE: Overall["totals"] = {};

export function GridFooter({ overall }: { overall: Overall | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useGrid();
  const head = totalHead(grid);
  return (
    <div role="rowgroup" className="grid-foot">
      <div role="row" className="grid-row" style={{ height: HEIGHT }}>
        <div role="gridcell" aria-colindex={1} aria-colspan={head.columns + 1} className="grid-cell grid-grouphead" style={{ width: head.width }}>
          {overall ? t("list.total.all", { count: overall.count, shown: format.number(overall.count) }) : null}
        </div>
        <TotalCells from={head.columns} totals={overall?.totals ?? NONE} />
      </div>
    </div>
  );
}

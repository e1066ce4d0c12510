/** The head row; its check box selects everything that is loaded. */
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { HeaderCell } from "./HeaderCell";
import { cellId, CHECK_WIDTH, HEADER_ROW, type Column } from "./types";

interface Props {
  readonly grid: string;
  readonly list: ListHandle;
  readonly columns: readonly Column[];
  readonly activeColumn: number | null;
  /** Whether columns can be dragged already. */
  readonly movable: boolean;
  readonly menuColumn: string | null;
  readonly all: "none" | "some" | "all";
  readonly onAll: () => void;
  readonly onMenu: (key: string | null) => void;
  readonly onResize: (key: string, width: number | null) => void;
}

export function GridHeader({ grid, list, columns, activeColumn, movable, menuColumn, all, onAll, onMenu, onResize }: Props) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className="grid-headgroup">
      <div role="row" aria-rowindex={1} className="grid-headrow">
        <div
          role="columnheader"
          id={cellId(grid, { row: HEADER_ROW, column: 0 })}
          aria-colindex={1}
          data-row={HEADER_ROW}
          data-column={0}
          className={activeColumn === 0 ? "grid-cell grid-head grid-check frozen active" : "grid-cell grid-head grid-check frozen"}
          style={{ width: CHECK_WIDTH, left: 0 }}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t("list.select.all")}
            checked={all === "all"}
            ref={(box) => {
              if (box) box.indeterminate = all === "some";
            }}
            onChange={onAll}
          />
        </div>
        {columns.map((column, index) => (
          <HeaderCell
            key={column.key}
            grid={grid}
            list={list}
            columns={columns}
            column={column}
            index={index}
            active={activeColumn === index + 1}
            movable={movable}
            menuOpen={menuColumn === column.key}
            onMenu={(open) => onMenu(open ? column.key : null)}
            onResize={onResize}
          />
        ))}
      </div>
    </div>
  );
}

/** Which columns a list shows, in which order, and how many of them stay in place. */
import { moveColumn, toggleColumn } from "@/model/view";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { Checkbox, InputNumber } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, visibleColumns } from "../fields";
import type { ListHandle } from "../useListState";
import { ColumnRow } from "./ColumnRow";

const MOST_FROZEN = 4;

export default function ColumnsPanel({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const shown = visibleColumns(state.columns, fields);
  const hidden = fieldOrder(describe).filter((key) => !shown.includes(key));
  const name = (key: string): string => format.label(fields[key]?.label) || key;
  const rows = useRef<HTMLUListElement>(null);
  const moved = useRef<{ key: string; index: number } | null>(null);
  // The address changes a moment later; only then is the row at its new place, without the focus it had.
  useEffect(() => {
    if (moved.current === null || shown[moved.current.index] !== moved.current.key) return;
    rows.current?.querySelectorAll<HTMLElement>(".column-grip")[moved.current.index]?.focus();
    moved.current = null;
  });
  const move = useCallback(
    (key: string, index: number) => {
      const columns = moveColumn(shown, key, index);
      moved.current = { key, index: columns.indexOf(key) };
      change({ columns });
      announce(t("list.columns.moved", { name: format.label(fields[key]?.label), position: columns.indexOf(key) + 1 }));
    },
    [shown, change, t, format, fields],
  );
  return (
    <div className="columns-panel">
      <div className="list-panel-head">
        <h2>{t("list.columns.shown")}</h2>
      </div>
      <ul ref={rows}>
        {shown.map((key, index) => (
          <ColumnRow
            key={key}
            field={key}
            label={name(key)}
            index={index}
            last={shown.length === 1}
            onHide={() => change({ columns: toggleColumn(shown, key) })}
            onMove={move}
          />
        ))}
      </ul>
      {hidden.length > 0 ? <h2 className="columns-rest">{t("list.columns.hidden")}</h2> : null}
      <ul>
        {hidden.map((key) => (
          <li className="column-row" key={key}>
            <Checkbox checked={false} onChange={() => change({ columns: toggleColumn(shown, key) })}>
              {name(key)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <label className="columns-frozen">
        <span>{t("list.columns.frozen")}</span>
        <InputNumber
          size="small"
          min={0}
          max={MOST_FROZEN}
          precision={0}
          value={state.frozen}
          onChange={(frozen) => change({ frozen: frozen ?? 0 })}
        />
      </label>
    </div>
  );
}

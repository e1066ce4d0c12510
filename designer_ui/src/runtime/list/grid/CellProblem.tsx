/** What went wrong with a cell's save, at the cell, with the ways out. */
import type { Json } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import type { Place } from "@/catalogue/registry";
import { IconAlertCircle } from "@tabler/icons-react";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { CellState } from "../saving";
import type { Column } from "./types";

interface Props {
  readonly state: Exclude<CellState, { kind: "saving" }>;
  readonly column: Column;
  readonly place: Place;
  readonly onRetry: (value: Json) => void;
  readonly onEdit: (value: Json) => void;
  readonly onDiscard: () => void;
}

export function CellProblem({ state, column, place, onRetry, onEdit, onDiscard }: Props) {
  const { t } = useTranslation();
  const content = (
    <div className="cell-problem" role="alertdialog" aria-label={t("list.cell.problem", { field: column.label })}>
      {state.kind === "refused" ? (
        <p>{state.message}</p>
      ) : (
        <>
          <p>{t("list.cell.conflict")}</p>
          <dl>
            <dt>{t("list.cell.mine")}</dt>
            <dd><FieldCell value={state.submitted} field={column.field} place={place} blank="—" /></dd>
            <dt>{t("list.cell.theirs")}</dt>
            <dd><FieldCell value={state.current[column.key]} field={column.field} place={place} blank="—" /></dd>
          </dl>
        </>
      )}
      <div className="cell-problem-actions">
        {state.kind === "refused" ? (
          <>
            <Button size="small" onClick={onDiscard}>{t("list.cell.discard")}</Button>
            <Button size="small" type="primary" onClick={() => onEdit(state.submitted)}>{t("list.cell.again")}</Button>
          </>
        ) : (
          <>
            <Button size="small" onClick={onDiscard}>{t("list.cell.keepTheirs")}</Button>
            <Button size="small" type="primary" onClick={() => onRetry(state.submitted)}>{t("list.cell.useMine")}</Button>
          </>
        )}
      </div>
    </div>
  );
  return (
    <Popover defaultOpen trigger="click" content={content} placement="bottomLeft">
      <button type="button" tabIndex={-1} className="cell-problem-mark" aria-label={t("list.cell.problem", { field: column.label })}>
        <IconAlertCircle size={16} aria-hidden />
      </button>
    </Popover>
  );
}

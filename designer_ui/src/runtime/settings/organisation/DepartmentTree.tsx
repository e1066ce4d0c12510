import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { treeRows, withBelow } from "../departments";
import type { Department } from "../types";
import type { DepartmentDraft } from "./DepartmentDialog";
import { TreeItem } from "./TreeItem";
import { useMove } from "./useMove";
import { useTreeKeys } from "./useTreeKeys";

const NOTHING: ReadonlySet<number> = new Set();

interface Props {
  readonly departments: readonly Department[];
  readonly chosen: number;
  readonly onChoose: (id: number) => void;
  readonly onEdit: (draft: DepartmentDraft) => void;
}

/**
 * The open departments as a tree: arrows walk and fold, Enter chooses, F2 renames, Alt with arrows moves a
 * department among its neighbours, out of its parent or into the one before; the mouse drags.
 */
export function DepartmentTree({ departments, chosen, onChoose, onEdit }: Props) {
  const { t } = useTranslation();
  const open = useMemo(() => departments.filter((one) => one.active), [departments]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState(chosen);
  const list = useRef<HTMLUListElement>(null);
  const rows = treeRows(open, folded);
  const move = useMove(open);
  const moved = useRef<number | null>(null);
  const walked = useRef<number | null>(null);
  const keys = useTreeKeys({
    rows, folded, setFolded, onChoose, onEdit,
    onMove: (id, place) => {
      moved.current = id;
      move(id, place);
    },
    onWalk: (id) => {
      walked.current = id;
      setFocused(id);
    },
  });
  const below = useMemo(() => new Map(open.map((one) => [one.id, withBelow(open, one.id)])), [open]);
  const at = rows.some((row) => row.department.id === focused) ? focused : (rows[0]?.department.id ?? 0);
  const focusRow = (id: number) => list.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
  useEffect(() => {
    if (walked.current === at) focusRow(at);
    walked.current = null;
  }, [at]);
  useEffect(() => {
    // The row that was moved lost the focus while the list was drawn anew.
    if (moved.current !== null) focusRow(moved.current);
    moved.current = null;
  }, [departments]);
  return (
    <section className="org-tree" aria-label={t("settings.organisation.tree")}>
      <ul ref={list} role="tree" aria-label={t("settings.organisation.tree")}>
        {rows.map((row) => (
          <TreeItem
            key={row.department.id}
            {...{ row, folded }}
            chosen={row.department.id === chosen}
            tabbable={row.department.id === at}
            own={below.get(row.department.id) ?? NOTHING}
            onMove={move}
            onChoose={() => {
              setFocused(row.department.id);
              onChoose(row.department.id);
            }}
            onFocus={() => setFocused(row.department.id)}
            onFold={() => keys.fold(row.department.id)}
            onKeyDown={(event) => keys.onKeyDown(event, row)}
          />
        ))}
      </ul>
      <p className="muted org-keys">{t("settings.organisation.keys")}</p>
    </section>
  );
}

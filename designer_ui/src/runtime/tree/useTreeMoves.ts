/** Moves a record below another one, or to the top; the server refuses circles, and every move can be undone. */
import type { Json, RecordJson } from "@/api";
import type { Parent } from "@/model/tree";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../list/useListState";
import { useRecordMoves } from "../list/useRecordMoves";
import type { Tree } from "./useTree";

/** The record above as a relation's value gives it. */
export function parentIn(value: Json | undefined): Parent {
  if (typeof value === "number") return value;
  return typeof value === "object" && value !== null && "id" in value ? Number(value["id"]) : null;
}

export function useTreeMoves({ describe }: ListHandle, relation: string, tree: Tree) {
  const { t } = useTranslation();
  const { move, demand, settle } = useRecordMoves(describe, tree.show, ({ values, before }) => tree.refresh(parentIn(before[relation]), parentIn(values[relation])));
  const moveBelow = (record: RecordJson, to: Parent, parent: string | null): void => {
    const from = parentIn(record[relation]);
    if (from === to || record.id === to) return;
    const title = record.title || t("list.untitled");
    if (to !== null) tree.setOpen([to], true);
    move({
      record,
      values: { [relation]: to },
      before: { [relation]: from },
      said: to === null ? t("tree.movedTop", { title }) : t("tree.moved", { title, parent: parent || `#${to}` }),
    });
  };
  return { moveBelow, demand, settle };
}

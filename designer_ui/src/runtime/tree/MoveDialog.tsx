/** Asks below which record a record shall stand. */
import type { Describe, Json, RecordJson } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Parent } from "@/model/tree";
import { Dialog } from "@/ui/Dialog";
import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { parentIn } from "./useTreeMoves";

interface Props {
  readonly describe: Describe;
  readonly relation: string;
  readonly record: RecordJson;
  readonly onMove: (to: Parent, title: string | null) => void;
  readonly onClose: () => void;
}

export function MoveDialog({ describe, relation, record, onMove, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [value, setValue] = useState<Json>(record[relation] ?? null);
  const field = describe.fields[relation];
  if (!field) return null;
  const title = typeof value === "object" && value !== null && "title" in value && typeof value["title"] === "string" ? value["title"] : null;
  return (
    <Dialog
      title={t("tree.moveTitle", { title: record.title || t("list.untitled") })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" onClick={() => onMove(parentIn(value), title)}>{t("tree.move")}</Button>
        </>
      }
    >
      <div className="list-field">
        <label htmlFor={id}>{t("tree.movePlace")}</label>
        <FieldInput id={id} value={value} onChange={setValue} field={field} values={record} place={{ app: describe.app, form: describe.key, field: relation, record: record.id }} describedBy={`${id}-help`} />
        {field.required ? null : <span id={`${id}-help`} className="muted">{t("tree.moveHelp")}</span>}
      </div>
    </Dialog>
  );
}

import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Describe, Json, RecordJson, Values } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOf } from "@/model/layout";
import { planConflict, sameValue, settleConflict, withOwnLines } from "@/model/draft";
import { linesBetween } from "@/model/lines";
import { Dialog } from "@/ui/Dialog";
import { useFormat } from "@/ui/format";
import { LineList } from "./LineChanges";

interface Props {
  readonly describe: Describe;
  readonly base: RecordJson;
  readonly mine: Values;
  readonly current: RecordJson;
  readonly onCancel: () => void;
  /** What of mine stays; it is saved on top of the current record. */
  readonly onSettle: (mine: Values) => void;
}

/** Somebody saved the record while it was being edited: both versions, field by field. */
export function ConflictDialog({ describe, base, mine, current, onCancel, onSettle }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const plan = useMemo(() => planConflict(describe, base, mine, current), [describe, base, mine, current]);
  const [keepMine, setKeepMine] = useState<ReadonlySet<string>>(() => new Set(plan.choices.map((row) => row.field)));
  const other = current["updated_by"] as { readonly name?: string } | null;
  const name = (field: string) => format.label(fieldOf(describe, field)?.label);
  const cell = (field: string, value: Json) => {
    const info = fieldOf(describe, field);
    if (info?.type === "subform") return <div className="conflict-lines"><LineList field={info} lines={linesBetween(info, base[field], value, sameValue)} /></div>;
    return info ? <FieldCell value={value} field={info} place={{ app: describe.app, form: describe.key, field, record: current.id }} blank={t("record.blank")} /> : null;
  };
  const choose = (field: string, own: boolean) =>
    setKeepMine((before) => {
      const next = new Set(before);
      if (own) next.add(field);
      else next.delete(field);
      return next;
    });
  return (
    <Dialog
      title={t("record.conflict.title")}
      className="wide"
      onClose={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>{t("record.conflict.goOn")}</Button>
          <Button type="primary" onClick={() => onSettle(withOwnLines(describe, base, settleConflict(mine, plan.choices, keepMine), current))}>{t("record.conflict.save")}</Button>
        </>
      }
    >
      <p>{t("record.conflict.help", { name: other?.name ?? t("record.somebody"), when: format.relative(String(current["updated_at"] ?? "")) })}</p>
      {plan.choices.length ? (
        <table className="conflict">
          <thead>
            <tr><th scope="col">{t("record.conflict.field")}</th><th scope="col">{t("record.conflict.mine")}</th><th scope="col">{t("record.conflict.theirs")}</th></tr>
          </thead>
          <tbody>
            {plan.choices.map((row) => (
              <tr key={row.field}>
                <th scope="row">{name(row.field)}</th>
                {([true, false] as const).map((own) => (
                  <td key={String(own)}>
                    <label className={keepMine.has(row.field) === own ? "chosen" : ""}>
                      <input type="radio" name={`keep-${row.field}`} checked={keepMine.has(row.field) === own} onChange={() => choose(row.field, own)} />
                      <span className="sr-only">{own ? t("record.conflict.mine") : t("record.conflict.theirs")}</span>
                      <span>{cell(row.field, own ? row.mine : row.theirs)}</span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t("record.conflict.none")}</p>
      )}
      {plan.taken.length ? (
        <>
          <h3>{t("record.conflict.taken")}</h3>
          <ul className="conflict-taken">
            {plan.taken.map((row) => (
              <li key={row.field}><span className="muted">{name(row.field)}</span>{cell(row.field, row.theirs)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </Dialog>
  );
}

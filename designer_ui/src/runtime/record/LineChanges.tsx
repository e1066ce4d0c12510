import { useTranslation } from "react-i18next";
import type { FieldInfo, HistoryChange, LineChange } from "@/api";
import { shownType } from "@/catalogue/registry";
import { lineFields } from "@/model/lines";
import { useFormat } from "@/ui/format";

/** Lines that are told one by one; of more only how many there are. */
const MOST = 8;

/** What happened to the lines of a subform, in words: "Line 2: Quantity 1 → 3". */
export function LineChanges({ change, field, lines }: { change: HistoryChange; field: FieldInfo; lines: readonly LineChange[] }) {
  const format = useFormat();
  return (
    <div>
      <dt>{format.label(change.label)}</dt>
      <dd className="line-changes"><LineList field={field} lines={lines} /></dd>
    </div>
  );
}

/** Line by line what happened, as far as it has room. */
export function LineList({ field, lines }: { field: FieldInfo; lines: readonly LineChange[] }) {
  const { t } = useTranslation();
  return (
    <>
      <ul>
        {lines.slice(0, MOST).map((line) => <li key={`${line.id}/${line.kind}`}><OneLine line={line} field={field} /></li>)}
      </ul>
      {lines.length > MOST ? <span className="muted">{t("record.history.moreLines", { count: lines.length - MOST })}</span> : null}
    </>
  );
}

function OneLine({ line, field }: { line: LineChange; field: FieldInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { fields } = lineFields(field);
  const text = (key: string, value: HistoryChange["old"]): string => {
    const info = fields[key];
    if (value === null || !info) return t("record.blank");
    return shownType(info).text(value, info, format);
  };
  const told = line.changes.map(({ field: key, label, old, new: now }) =>
    line.kind === "changed" ? `${format.label(label)} ${text(key, old)} → ${text(key, now)}` : `${format.label(label)} ${text(key, line.kind === "removed" ? old : now)}`,
  );
  const moved = line.was === undefined ? [] : [t("record.history.lineMoved", { from: line.was + 1, to: line.position + 1 })];
  const head = t(`record.history.line.${line.kind}`, { number: line.position + 1 });
  return <>{[head, [...moved, ...told].join(format.language === "zh-CN" ? "，" : ", ")].filter(Boolean).join(format.language === "zh-CN" ? "：" : ": ")}</>;
}

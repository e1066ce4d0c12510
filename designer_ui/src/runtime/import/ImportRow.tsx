/** One import in the list of an app. */
import { fileAddress } from "@/api";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormName } from "./Figures";
import { countIn, isOver, partsOf } from "./job";
import type { PastImport } from "./types";
import { isUndoable, UndoButton } from "./UndoButton";

const FIGURES = ["created", "updated", "skipped", "failed"] as const;
/** Files named in a row; further ones are counted. */
const NAMED = 3;

export function ImportRow({ one }: { one: PastImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useFormName(one.app);
  const parts = partsOf(one);
  const forms = [...new Set(parts.length > 0 ? parts.map((part) => part.form) : [one.form ?? ""])];
  const names = one.files.map((file) => file ?? "");
  const title = [names.slice(0, NAMED).join(", "), names.length > NAMED ? t("imports.more", { count: names.length - NAMED }) : ""].filter(Boolean).join(" ");
  const leftOut = parts.flatMap((part) => part.file ?? []);
  return (
    <tr>
      <th scope="row">
        <Link to={`/a/${one.app}/${one.form}/import?job=${one.id}`}>{title || `#${one.id}`}</Link>
        <span className="muted">{forms.map(name).join(format.language === "zh-CN" ? "、" : ", ")}</span>
      </th>
      <td><time dateTime={one.created_at} title={format.dateTime(one.created_at)}>{format.dateTime(one.created_at)}</time></td>
      <td>{one.by ?? t("imports.nobody")}</td>
      <td><Result one={one} /></td>
      <td>
        <span className="import-buttons">
          {leftOut.map((file) => <a key={file.id} className="import-link" href={fileAddress(file.id)} download={file.name} title={file.name}>{t("imports.leftOut")}</a>)}
          {isUndoable(one) ? <UndoButton job={one} small /> : null}
        </span>
      </td>
    </tr>
  );
}

function Result({ one }: { one: PastImport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = FIGURES.filter((figure) => countIn(one, figure) > 0);
  const state = one.undo ? (isOver(one.undo) ? "undone" : "undoing") : null;
  return (
    <>
      <span className="imports-figures">
        {figures.map((figure) => <span key={figure} className={figure === "failed" ? "num bad" : "num"}>{t(`imports.count.${figure}`, { shown: format.number(countIn(one, figure)) })}</span>)}
        {figures.length === 0 && isOver(one) ? <span className="muted">{t("imports.nothing")}</span> : null}
      </span>
      {one.state === "done" ? null : <span className="muted">{t(`job.state.${one.state}`)}</span>}
      {state && one.undo ? <Link to={`/jobs/${one.undo.id}`}>{t(`imports.${state}`)}</Link> : null}
    </>
  );
}

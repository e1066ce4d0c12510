/** What there is to write with: the fields along relations, and the functions with their examples. */
import { findFunctions, MOST_STEPS, stepsOf, typeLabel, type FunctionInfo, type NameInfo } from "@/model/expression";
import { IconChevronRight, IconSearch } from "@tabler/icons-react";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "./calls";
import type { Lexicon } from "./code/lexicon";
import { useLexicon } from "./useLexicon";

type Part = "fields" | "functions";

interface Props {
  readonly subject: Subject;
  /** Writes at the cursor. */
  readonly onInsert: (text: string) => void;
}

export default function HelpPanel({ subject, onInsert }: Props) {
  const { t } = useTranslation();
  const lexicon = useLexicon(subject);
  const [part, setPart] = useState<Part>("fields");
  const [text, setText] = useState("");
  return (
    <aside className="x-panel" aria-label={t("expression.help.title")}>
      <Segmented<Part>
        block
        value={part}
        options={(["fields", "functions"] as const).map((value) => ({ value, label: t(`expression.help.${value}`) }))}
        onChange={setPart}
      />
      <label className="x-search">
        <IconSearch size={16} aria-hidden />
        <input type="search" value={text} placeholder={t(`expression.help.${part}Search`)} aria-label={t(`expression.help.${part}Search`)} onChange={(event) => setText(event.target.value)} />
      </label>
      <div className="x-panel-body">
        {part === "fields" ? (
          <Fields lexicon={lexicon} path={[]} text={text} onInsert={onInsert} />
        ) : (
          <Functions functions={findFunctions(lexicon.functions, text)} open={text.trim() !== ""} onInsert={onInsert} />
        )}
      </div>
    </aside>
  );
}

interface FieldsProps extends Pick<Props, "onInsert"> {
  readonly lexicon: Lexicon;
  readonly path: readonly string[];
  readonly text: string;
}

function Fields({ lexicon, path, text, onInsert }: FieldsProps) {
  const { t } = useTranslation();
  const { names, show } = lexicon;
  const form = path.length === 0 ? names.form : (stepsOf(names, path.join("."))?.at(-1)?.info.leads_to ?? "");
  const all = Object.entries(names.forms[form]?.names ?? {});
  const wanted = text.trim().toLowerCase();
  const found = all.filter(([key, { label }]) => [key, show(label), label.en, label.zh].some((one) => one.toLowerCase().includes(wanted)));
  if (found.length === 0) return <p className="muted x-nothing">{t("expression.help.nothing")}</p>;
  return (
    <ul className="x-fields">
      {found.map(([key, info]) => (
        <li key={key}>
          <FieldRow lexicon={lexicon} path={[...path, key]} info={info} onInsert={onInsert} />
        </li>
      ))}
    </ul>
  );
}

function FieldRow({ lexicon, path, info, onInsert }: Omit<FieldsProps, "text"> & { info: NameInfo }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const label = lexicon.show(info.label);
  const insert = (
    <button type="button" className="x-field" onClick={() => onInsert(`{${path.join(".")}}`)}>
      <span className="ellipsis">{label}</span>
      <small>{info.leads_to ? t(info.many ? "expression.help.many" : "expression.help.one") : typeLabel(lexicon.names, info.item ? `list of ${info.item}` : info.type, lexicon.show, lexicon.listOf)}</small>
    </button>
  );
  if (!info.leads_to || path.length >= MOST_STEPS) return insert;
  return (
    <>
      <div className="x-relation">
        <button type="button" className="x-open" aria-expanded={open} aria-label={t("expression.help.fieldsOf", { name: label })} onClick={() => setOpen(!open)}>
          <IconChevronRight size={16} aria-hidden />
        </button>
        {insert}
      </div>
      {open ? <Fields lexicon={lexicon} path={path} text="" onInsert={onInsert} /> : null}
    </>
  );
}

function Functions({ functions, open, onInsert }: { functions: readonly FunctionInfo[]; open: boolean; onInsert: Props["onInsert"] }) {
  const { t } = useTranslation();
  const categories = [...new Map(functions.map((one) => [one.category, one.category_label]))];
  if (functions.length === 0) return <p className="muted x-nothing">{t("expression.help.nothing")}</p>;
  return categories.map(([key, label]) => (
    <details key={`${key}-${String(open)}`} className="x-category" open={open}>
      <summary>
        <IconChevronRight size={14} aria-hidden />
        {label}
        <span className="muted num">{functions.filter(({ category }) => category === key).length}</span>
      </summary>
      {functions.filter(({ category }) => category === key).map((one) => (
        <details key={one.name} className="x-one">
          <summary title={one.help}>
            <code>{one.name}</code>
            <span className="ellipsis">{one.help.split("\n")[0]}</span>
          </summary>
          <div className="x-one-body">
            <code className="x-line">{one.signature}</code>
            <p>{one.help}</p>
            {one.examples.map(({ formula, value }) => (
              <p key={formula} className="x-example"><code>{formula}</code> → <code>{value}</code></p>
            ))}
            <button type="button" className="x-fix" onClick={() => onInsert(`${one.name}()`)}>{t("expression.help.insert", { name: one.name })}</button>
          </div>
        </details>
      ))}
    </details>
  ));
}

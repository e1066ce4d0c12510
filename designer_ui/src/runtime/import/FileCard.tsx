/** One file of an import: its form, its columns, what to do with its rows. Folded away while another is looked at. */
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconFileSpreadsheet, IconX } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { ColumnTable } from "./ColumnTable";
import { FileFacts, readingOf } from "./FileFacts";
import { KeyOptions } from "./KeyOptions";
import { LineOptions } from "./LineOptions";
import { fieldNamed } from "./mapping";
import { Refusal } from "./Refusal";
import { blockerOf, lackingFields, type Plan } from "./plan";
import { isReady, type Entry, type Files, type Ready } from "./useFiles";

interface Props {
  readonly entry: Entry;
  readonly files: Files;
  readonly open: boolean;
  /** Missing: the only file, always open. */
  readonly onToggle: (() => void) | undefined;
  readonly brought: ReadonlySet<string>;
}

export function FileCard({ entry, files, open, onToggle, brought }: Props) {
  const { t } = useTranslation();
  const body = useId();
  const { preview } = entry;
  return (
    <section className="import-card" aria-label={entry.name} aria-busy={entry.busy}>
      <header>
        {onToggle ? (
          <button type="button" className="import-fold" aria-expanded={open} aria-controls={body} onClick={onToggle}>
            {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
            <FileName entry={entry} />
          </button>
        ) : (
          <span className="import-fold"><IconFileSpreadsheet size={18} aria-hidden /><FileName entry={entry} /></span>
        )}
        {preview ? <FormChoice entry={entry} files={files} /> : null}
        <State entry={entry} />
        <IconButton label={t("import.file.remove", { name: entry.name })} onClick={() => files.remove(entry.key)}>
          <IconX size={16} aria-hidden />
        </IconButton>
      </header>
      <div id={body} hidden={!open}>{open ? <Body entry={entry} files={files} brought={brought} /> : null}</div>
    </section>
  );
}

function FileName({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { preview } = entry;
  return (
    <>
      <strong>{entry.name}</strong>
      {preview ? <span className="muted num">{t("import.file.rows", { count: preview.rows, shown: format.number(preview.rows) })}</span> : null}
    </>
  );
}

function FormChoice({ entry, files }: { entry: Entry; files: Files }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { preview, plan } = entry;
  if (!preview) return null;
  return (
    <Select
      className="import-form"
      value={plan?.form ?? null}
      disabled={entry.busy}
      status={plan ? "" : "warning"}
      placeholder={t("import.file.chooseForm")}
      aria-label={t("import.file.formOf", { name: entry.name })}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={preview.forms.map(({ key, label }) => ({ value: key, label: format.label(label) }))}
      onChange={(form: string) => files.again(entry, { form, reading: readingOf(preview) })}
    />
  );
}

/** How far one is with a file, in a word or two. */
function State({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  if (entry.busy) return <span className="import-state">{t("import.file.reading")}</span>;
  if (entry.error) return <Bad>{t("import.file.unreadable")}</Bad>;
  if (!isReady(entry)) return <Bad>{t("import.file.noForm")}</Bad>;
  const { plan, preview } = entry;
  const words = t("import.match.matched", { count: Object.keys(plan.mapping).length, all: preview.columns.length });
  const bad = blockerOf(plan) !== null || lackingFields(plan, preview).length > 0;
  return bad ? <Bad>{words}</Bad> : <span className="import-state">{words}</span>;
}

function Bad({ children }: { children: string }) {
  return <span className="import-state bad"><IconAlertTriangle size={14} aria-hidden />{children}</span>;
}

function Body({ entry, files, brought }: { entry: Entry; files: Files; brought: ReadonlySet<string> }) {
  const { preview } = entry;
  if (entry.error && !preview) return <Refusal error={entry.error} names={[]} />;
  if (!preview) return <Skeleton lines={4} />;
  return (
    <div className="import-match">
      <FileFacts preview={preview} busy={entry.busy} onRead={(reading) => files.again(entry, { form: entry.plan?.form ?? null, reading })} />
      <Refusal error={entry.error} names={[]} />
      {preview.warnings.map((warning) => (
        <p key={warning.message} className="import-warning">
          <IconAlertTriangle size={16} aria-hidden /> {warning.message}
        </p>
      ))}
      {isReady(entry) ? <Matching entry={entry} files={files} brought={brought} onChange={(plan) => files.change(entry.key, plan)} /> : null}
    </div>
  );
}

function Matching({ entry, files, brought, onChange }: { entry: Ready; files: Files; brought: ReadonlySet<string>; onChange: (plan: Plan) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, plan, preview } = entry;
  const lacking = lackingFields(plan, preview).map((name) => format.label(fieldNamed(describe, name)?.label) || name);
  return (
    <>
      {preview.saved?.form === plan.form ? (
        <p className="import-saved">
          {t("import.match.saved")}
          <Button size="small" type="link" onClick={() => files.again(entry, { form: plan.form, reading: readingOf(preview), afresh: true })}>
            {t("import.match.afresh")}
          </Button>
        </p>
      ) : null}
      <ColumnTable entry={entry} brought={brought} onChange={onChange} />
      <KeyOptions entry={entry} onChange={onChange} />
      <LineOptions entry={entry} onChange={onChange} />
      {lacking.length > 0 ? (
        <p className="import-warning">
          <IconAlertTriangle size={16} aria-hidden /> {t("import.match.required", { names: lacking.join(format.language === "zh-CN" ? "、" : ", ") })}
        </p>
      ) : null}
    </>
  );
}

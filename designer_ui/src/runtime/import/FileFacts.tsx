/** What was recognised of the file, and the ways to read it differently. */
import { useFormat } from "@/ui/format";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportPreview, Reading } from "./calls";

const ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "windows-1252"];

interface Props {
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly onRead: (reading: Reading) => void;
  readonly onOther: () => void;
}

function withCurrent(known: readonly string[], current: string | null): readonly string[] {
  return current === null || known.includes(current) ? known : [current, ...known];
}

export function FileFacts({ preview, busy, onRead, onOther }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names: Readonly<Record<string, string>> = {
    ",": t("import.file.comma"), ";": t("import.file.semicolon"), "\t": t("import.file.tab"), "|": t("import.file.pipe"),
  };
  const { encoding, delimiter, sheet } = preview;
  const now: Reading = { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...(sheet ? { sheet } : {}) };
  return (
    <div className="import-facts" aria-busy={busy}>
      <span className="import-file">
        <IconFileSpreadsheet size={18} aria-hidden />
        <strong className="ellipsis">{preview.file.name}</strong>
        <span className="muted num">{t("import.file.rows", { count: preview.rows, shown: format.number(preview.rows) })}</span>
      </span>
      {preview.format === "csv" ? (
        <>
          <label>
            <span>{t("import.file.encoding")}</span>
            <Select
              size="small"
              value={encoding}
              disabled={busy}
              popupMatchSelectWidth={false}
              options={withCurrent(ENCODINGS, encoding).map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={(value: string) => onRead({ ...now, encoding: value })}
            />
          </label>
          <label>
            <span>{t("import.file.delimiter")}</span>
            <Select
              size="small"
              value={delimiter}
              disabled={busy}
              popupMatchSelectWidth={false}
              options={withCurrent(Object.keys(names), delimiter).map((value) => ({ value, label: names[value] ?? value }))}
              onChange={(value: string) => onRead({ ...now, delimiter: value })}
            />
          </label>
        </>
      ) : null}
      {preview.sheets.length > 1 ? (
        <label>
          <span>{t("import.file.sheet")}</span>
          <Select
            size="small"
            value={sheet}
            disabled={busy}
            popupMatchSelectWidth={false}
            options={preview.sheets.map((value) => ({ value, label: value }))}
            onChange={(value: string) => onRead({ ...now, sheet: value })}
          />
        </label>
      ) : null}
      <Button size="small" type="link" onClick={onOther}>{t("import.file.other")}</Button>
    </div>
  );
}

/** What was recognised of a file, and the ways to read it differently. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { FilePreview, Reading } from "./types";

const ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "windows-1252"];

interface Props {
  readonly preview: FilePreview;
  readonly busy: boolean;
  readonly onRead: (reading: Reading) => void;
}

interface Choice {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly reading: (value: string) => Reading;
}

function withCurrent(known: readonly string[], current: string | null): readonly string[] {
  return current === null || known.includes(current) ? known : [current, ...known];
}

/** How a file is read now. */
export function readingOf({ encoding, delimiter, sheet }: FilePreview): Reading {
  return { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...(sheet ? { sheet } : {}) };
}

export function FileFacts({ preview, busy, onRead }: Props) {
  const { t } = useTranslation();
  const names: Readonly<Record<string, string>> = {
    ",": t("import.file.comma"), ";": t("import.file.semicolon"), "\t": t("import.file.tab"), "|": t("import.file.pipe"),
  };
  const now = readingOf(preview);
  const { encoding, delimiter, sheet, sheets } = preview;
  const choices: Choice[] = [];
  if (preview.format === "csv") {
    choices.push({
      label: t("import.file.encoding"), value: encoding, reading: (value) => ({ ...now, encoding: value }),
      options: withCurrent(ENCODINGS, encoding).map((value) => ({ value, label: value.toUpperCase() })),
    });
    choices.push({
      label: t("import.file.delimiter"), value: delimiter, reading: (value) => ({ ...now, delimiter: value }),
      options: withCurrent(Object.keys(names), delimiter).map((value) => ({ value, label: names[value] ?? value })),
    });
  }
  if (sheets.length > 1) {
    choices.push({
      label: t("import.file.sheet"), value: sheet, reading: (value) => ({ ...now, sheet: value }),
      options: sheets.map((value) => ({ value, label: value })),
    });
  }
  if (choices.length === 0) return null;
  return (
    <div className="import-facts" aria-busy={busy}>
      {choices.map(({ label, value, options, reading }) => (
        <label key={label}>
          <span>{label}</span>
          <Select
            size="small"
            value={value}
            disabled={busy}
            popupMatchSelectWidth={false}
            options={[...options]}
            onChange={(chosen: string) => onRead(reading(chosen))}
          />
        </label>
      ))}
    </div>
  );
}

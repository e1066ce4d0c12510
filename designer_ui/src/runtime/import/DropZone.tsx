/** Takes files: by drop, by click, by keyboard. */
import { IconFileSpreadsheet, IconPlus } from "@tabler/icons-react";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly disabled?: boolean;
  /** One line, below files that are there already. */
  readonly small?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function DropZone({ disabled = false, small = false, onFiles }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null): void => {
    if (list && list.length > 0 && !disabled) onFiles([...list]);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div>
      <button
        type="button"
        disabled={disabled}
        className={`import-drop${over ? " over" : ""}${small ? " small" : ""}`}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {small ? <IconPlus size={16} aria-hidden /> : <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden />}
        <strong>{t(small ? "import.file.more" : "import.file.drop")}</strong>
        {small ? null : <span className="muted">{t("import.file.hint")}</span>}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".csv,.tsv,.txt,.xlsx"
        data-testid="import-file"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </div>
  );
}

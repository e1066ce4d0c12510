/** Chooses the file: by drop, by click, by keyboard. */
import { useErrorText } from "@/ui/ErrorView";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly reading: string | null;
  readonly error: unknown;
  readonly onFile: (file: File) => void;
}

export function FileStep({ reading, error, onFile }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div>
      <button
        type="button"
        className={over ? "import-drop over" : "import-drop"}
        aria-busy={reading !== null}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden />
        <strong>{reading === null ? t("import.file.drop") : t("import.file.reading", { name: reading })}</strong>
        <span className="muted">{t("import.file.hint")}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        data-testid="import-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
      <div role="alert">{error ? <p className="import-problem">{errorText(error)}</p> : null}</div>
    </div>
  );
}

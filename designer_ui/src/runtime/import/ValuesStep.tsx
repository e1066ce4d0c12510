/** Options, people, departments and records that are not known, of all files in one place, each with what was probably meant. */
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ValueColumn } from "./ValueColumn";
import type { Plan } from "./plan";
import type { UnknownFiles } from "./types";
import type { Ready } from "./useFiles";

interface Props {
  /** In the order in which they were asked about. */
  readonly entries: readonly Ready[];
  readonly unknown: UnknownFiles;
  readonly busy: boolean;
  readonly onChange: (key: number, plan: Plan) => void;
  readonly onBack: () => void;
  readonly onCheck: () => void;
}

export function ValuesStep({ entries, unknown, busy, onChange, onBack, onCheck }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="import-match">
      <p>{t("import.values.help")}</p>
      {entries.map((entry, index) =>
        (unknown[index]?.columns ?? []).map((column) => (
          <ValueColumn
            key={`${entry.key} ${column.column}`}
            entry={entry}
            column={column}
            title={t("import.values.column", { column: column.column, form: format.label(entry.describe.plural ?? entry.describe.label) })}
            onChange={(plan) => onChange(entry.key, plan)}
          />
        )),
      )}
      <footer className="import-actions">
        <Button onClick={onBack}>{t("import.check.back")}</Button>
        <Button type="primary" loading={busy} onClick={onCheck}>{t("import.match.check")}</Button>
      </footer>
    </div>
  );
}

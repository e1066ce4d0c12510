/** What is wrong in the lines, each with a way to its cell. */
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LineColumn } from "./columns";
import type { LineProblem } from "./problems";

interface Props {
  readonly problems: readonly LineProblem[];
  readonly columns: readonly LineColumn[];
  readonly onGo: (row: number, field: string) => void;
}

const SHOWN = 5;

export function ProblemList({ problems, columns, onGo }: Props) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  const nameOf = (key: string): string => columns.find((column) => column.key === key)?.label ?? "";
  return (
    <div className="lines-problems">
      <p className="form-issue"><IconAlertCircle size={16} aria-hidden /> {t("lines.problems", { count: problems.length })}</p>
      <ul>
        {problems.slice(0, SHOWN).map(({ row, field, message }) => (
          <li key={`${row}/${field}`}>
            <button type="button" onClick={() => onGo(row, field)}>{[t("lines.line", { number: row + 1 }), nameOf(field)].filter(Boolean).join(" · ")}</button>
            <span>{message}</span>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN ? <p className="muted">{t("lines.moreProblems", { count: problems.length - SHOWN })}</p> : null}
    </div>
  );
}

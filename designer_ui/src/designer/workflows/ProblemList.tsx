/** What keeps the workflow from running; each leads to its node. */
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export interface ShownProblem {
  readonly node: string | null;
  /** The test that goes otherwise. */
  readonly test: string | null;
  readonly text: string;
}

export function ProblemList({ problems, name, onGo }: { readonly problems: readonly ShownProblem[]; readonly name: (node: string | null) => string; readonly onGo: (node: string | null, test: string | null) => void }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <details className="wd-problems">
      <summary><IconAlertTriangle size={16} aria-hidden />{t("flow.problems.count", { count: problems.length })}</summary>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}><button type="button" onClick={() => onGo(problem.node, problem.test)}><strong>{problem.test === null ? name(problem.node) : t("flow.stage.tests")}</strong><span>{problem.text}</span></button></li>
        ))}
      </ul>
    </details>
  );
}

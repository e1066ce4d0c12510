/** The first problems of an import, row by row. */
import { useTranslation } from "react-i18next";
import type { JobProblem } from "./calls";

export function Problems({ problems }: { problems: readonly JobProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <div className="import-problems" tabIndex={0} role="region" aria-label={t("import.check.list")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("import.check.row")}</th>
            <th scope="col">{t("import.match.column")}</th>
            <th scope="col">{t("import.check.value")}</th>
            <th scope="col">{t("import.check.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem, index) => (
            <tr key={index}>
              <td className="num">{problem.row ?? ""}</td>
              <td>{problem.column ?? ""}</td>
              <td>{problem.value ?? ""}</td>
              <td>{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

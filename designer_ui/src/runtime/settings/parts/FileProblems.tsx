import { useTranslation } from "react-i18next";
import { ApiError } from "@/api";
import { useErrorText } from "@/ui/ErrorView";

/** What is wrong with which row of a file, in the order of the rows; every problem of the file is there. */
export function FileProblems({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (!error) return null;
  const issues = error instanceof ApiError ? error.issues : [];
  if (issues.length === 0) return <p className="set-issue" role="alert">{errorText(error)}</p>;
  return (
    <div role="alert">
      <p className="set-issue">{t("settings.file.problems", { count: issues.length })}</p>
      <div className="set-table set-problems" role="region" aria-label={t("settings.file.list")} tabIndex={0}>
        <table>
          <tbody>
            {issues.map((issue, index) => {
              const [, where, row] = issue.path.split("/");
              return (
                <tr key={index}>
                  <th scope="row" className="num">{where === "rows" ? t("settings.file.row", { row }) : t("settings.file.file")}</th>
                  <td>{issue.message}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

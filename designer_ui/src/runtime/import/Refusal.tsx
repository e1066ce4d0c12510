/** Why a file or an import was not taken: each problem with the file it is about, or else a sentence. */
import { ApiError } from "@/api";
import { useErrorText } from "@/ui/ErrorView";

const FILE = /^\/files\/(\d+)/;

export function Refusal({ error, names }: { error: unknown; names: readonly string[] }) {
  const errorText = useErrorText();
  const issues = error instanceof ApiError ? error.issues : [];
  const nameOf = (path: string): string => names[Number(FILE.exec(path)?.[1])] ?? "";
  return (
    <div role="alert">
      {error ? (
        <div className="import-problem">
          {issues.length === 0 ? <p>{errorText(error)}</p> : null}
          <ul>
            {issues.map((issue, index) => (
              <li key={index}>{nameOf(issue.path) ? <strong>{nameOf(issue.path)} </strong> : null}{issue.message}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** A filter as expression text: the server says what is wrong with it and where. */
import { post, type ApiIssue } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { Button, Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly text: string;
  readonly onApply: (text: string) => void;
}

interface Check {
  readonly type?: unknown;
  readonly issues: readonly ApiIssue[];
}

export function FilterText({ app, form, text: first, onApply }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [text, setText] = useState(first);
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<{ message: string; position: number | null } | null>(null);
  const apply = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === "") return onApply("");
    setChecking(true);
    try {
      const answer = await post<Check>("/formulas/check", { formula: wanted, app, form });
      const issue = answer.issues[0];
      if (issue) setProblem({ message: issue.message, position: issue.position ?? null });
      else if (typeof answer.type === "string" && answer.type !== "boolean") setProblem({ message: t("list.filter.notBoolean"), position: null });
      else onApply(wanted);
    } catch (error) {
      setProblem({ message: errorText(error), position: null });
    } finally {
      setChecking(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) void apply();
  };
  return (
    <div className="filter-text">
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 3, maxRows: 10 }}
        spellCheck={false}
        aria-label={t("list.filter.text")}
        aria-invalid={problem !== null}
        aria-describedby="filter-problem"
        status={problem ? "error" : ""}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="filter-problem" role="alert">
        {problem ? <ProblemAt text={text.trim()} position={problem.position} message={problem.message} /> : null}
      </div>
      <div className="filter-actions">
        <span className="muted">{t("list.filter.textHint")}</span>
        <Button type="primary" size="small" loading={checking} onClick={() => void apply()}>
          {t("list.filter.apply")}
        </Button>
      </div>
    </div>
  );
}

const AROUND = 24;

function ProblemAt({ text, position, message }: { text: string; position: number | null; message: string }) {
  if (position === null) return <p className="list-problem">{message}</p>;
  const start = Math.max(0, position - AROUND);
  return (
    <>
      <code className="filter-place">
        {start > 0 ? "…" : ""}
        {text.slice(start, position)}
        <mark>{text.slice(position, position + 1) || " "}</mark>
        {text.slice(position + 1, position + AROUND)}
      </code>
      <p className="list-problem">{message}</p>
    </>
  );
}

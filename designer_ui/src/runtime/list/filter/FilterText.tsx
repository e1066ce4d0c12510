/** A filter as expression text: the server says what is wrong with it and where. */
import { ExpressionEditor } from "@/catalogue/expression";
import { checkExpression } from "@/catalogue/expression/calls";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly text: string;
  readonly onApply: (text: string) => void;
}

export function FilterText({ app, form, text: first, onApply }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const subject = useMemo(() => ({ app, form }), [app, form]);
  const [text, setText] = useState(first);
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState("");
  // A text that was changed since is asked about again; what comes of the earlier one is of no interest.
  const asked = useRef(0);
  const apply = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === "") return onApply("");
    setChecking(true);
    setFailure("");
    const turn = ++asked.current;
    try {
      const { type, issues } = await checkExpression(subject, wanted, "boolean");
      if (turn !== asked.current) return;
      // The editor shows problems at their place; who applies it by keyboard hears of the first at once.
      if (issues[0]) announce(issues[0].message);
      else if (type !== "boolean") setFailure(t("list.filter.notBoolean"));
      else onApply(wanted);
    } catch (error) {
      if (turn === asked.current) setFailure(errorText(error));
    } finally {
      if (turn === asked.current) setChecking(false);
    }
  };
  return (
    <div className="filter-text">
      <Suspense fallback={<Skeleton lines={3} />}>
        <ExpressionEditor
          subject={subject}
          value={text}
          onChange={(next) => {
            asked.current += 1;
            setText(next);
            setFailure("");
            setChecking(false);
          }}
          expects="boolean"
          label={t("list.filter.text")}
          placeholder={t("list.filter.textHint")}
          onSubmit={() => void apply()}
        />
      </Suspense>
      {failure ? <p role="alert" className="list-problem">{failure}</p> : null}
      <div className="filter-actions">
        <span className="muted">{t("list.filter.keys")}</span>
        <Button type="primary" size="small" loading={checking} onClick={() => void apply()}>
          {t("list.filter.apply")}
        </Button>
      </div>
    </div>
  );
}

/** What a formula looks at, and how its value is kept. */
import { useNames, type Subject } from "@/catalogue/expression/calls";
import { pathLabel, pathsIn } from "@/model/expression";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import type { FormulaFact } from "../draft";
import { Filling, Kept } from "./FormulaRow";

interface Props {
  readonly subject: Subject;
  readonly formula: string;
  /** Of the published formula. */
  readonly fact: FormulaFact | undefined;
}

export function Facts({ subject, formula, fact }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames(subject).data;
  const paths = pathsIn(formula).flatMap((path) => {
    const label = names && pathLabel(names, path, format.label);
    return label ? [{ path, label }] : [];
  });
  if (paths.length === 0 && !fact) return null;
  return (
    <dl className="formula-facts">
      {paths.length > 0 ? (
        <div>
          <dt>{t("design.formula.looksAt")}</dt>
          <dd>{paths.map(({ path, label }) => <span key={path} className="x-chip" title={`{${path}}`}>{label}</span>)}</dd>
        </div>
      ) : null}
      {fact ? (
        <div>
          <dt>{t("design.formula.kept")}</dt>
          <dd>{fact.job ? <Filling job={fact.job} /> : <><Kept fact={fact} /> · <span className="muted">{t(fact.database ? "design.kept.database" : "design.kept.server")}</span></>}</dd>
        </div>
      ) : null}
    </dl>
  );
}

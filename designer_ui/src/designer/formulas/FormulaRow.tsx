/** One computed field: what it is called, how it is computed, and how far it is. */
import type { ApiIssue } from "@/api";
import { ExpressionText } from "@/catalogue/expression/ExpressionText";
import type { FormulaField } from "@/model/design/formulas";
import { typeLabel, type Names } from "@/model/expression";
import { useFormat } from "@/ui/format";
import { Tag } from "@/ui/Tag";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { FormulaFact } from "../draft";
import { fieldAddress } from "./address";

interface Props {
  readonly app: string;
  readonly field: FormulaField;
  readonly names: Names;
  readonly fact: FormulaFact | undefined;
  readonly issues: readonly ApiIssue[];
}

export function FormulaRow({ app, field, names, fact, issues }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, key, body, state } = field;
  return (
    <li className="formula-row">
      <div className="formula-name">
        <Link to={fieldAddress(app, form, key)}>{format.label(body.label) || key}</Link>
        <small className="muted">{body.result ? typeLabel(names, body.result, format.label, (item) => item) : ""}</small>
      </div>
      <div className="formula-text"><ExpressionText text={body.formula ?? ""} names={names} /></div>
      <div className="formula-state">
        {state === "published" ? null : <Tag color="amber">{t(`design.state.${state}`)}</Tag>}
        {fact?.job ? <Filling job={fact.job} /> : fact && state !== "new" ? <Kept fact={fact} /> : null}
      </div>
      {issues.map((issue, index) => <p key={index} className="design-problem formula-issue">{issue.message}</p>)}
    </li>
  );
}

/** How a value comes about: kept in the record, or computed whenever somebody looks at it. */
export function Kept({ fact }: { fact: FormulaFact }) {
  const { t } = useTranslation();
  const [follows] = fact.follows;
  return <span className="muted">{fact.stored || !follows ? t("design.kept.stored") : t(`design.kept.${follows}`)}</span>;
}

/** A job that still computes the field for the records there are. */
export function Filling({ job }: { job: NonNullable<FormulaFact["job"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = job.state === "waiting" ? t("design.job.waiting") : t("design.job.running", { share: format.number(job.share, { percent: true, decimals: 0 }) });
  return (
    <span className="filling">
      <span role="progressbar" aria-label={t("design.job.label")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(job.share * 100)} className="filling-bar">
        <i style={{ width: `${job.share * 100}%` }} />
      </span>
      <span className="muted num">{words}</span>
    </span>
  );
}

/** For an app's administrator: every computed field of every form. */
import { type ApiIssue } from "@/api";
import { useNames } from "@/catalogue/expression/calls";
import { formulaFields, placeOf, type FormulaField } from "@/model/design/formulas";
import type { Names } from "@/model/expression";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { MenuButton } from "@/ui/MenuButton";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconMathFunction, IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useDefinition, useDraft, useFormulaFacts, usePreview, type Draft, type FormulaFact } from "../draft";
import { DraftBar } from "../publish/DraftBar";
import { fieldAddress, NEW } from "./address";
import { FormulaRow } from "./FormulaRow";
import "../design.css";

export function FormulasPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  useTitle(t("design.formulas.title"));
  if (draft.isPending) return <Skeleton lines={8} />;
  if (draft.isError) return <ErrorView error={draft.error} onRetry={() => void draft.refetch()} />;
  return <Formulas app={app} draft={draft.data} />;
}

function Formulas({ app, draft }: { app: string; draft: Draft }) {
  const { t } = useTranslation();
  const published = useDefinition(app).data;
  const facts = useFormulaFacts(app).data;
  const names = useNames({ app, form: "", draft: true }).data;
  const issues = usePreview(app, draft).data?.issues;
  const fields = useMemo(() => formulaFields(draft.document, published), [draft.document, published]);
  const forms = [...new Set(fields.map(({ form }) => form))];
  return (
    <div className="design-page">
      <header className="design-header">
        <div>
          <h1>{t("design.formulas.title")}</h1>
          <p className="muted">{t("design.formulas.help")}</p>
        </div>
        <AddButton app={app} draft={draft} />
      </header>
      <DraftBar app={app} draft={draft} />
      {fields.length === 0 ? (
        <EmptyState icon={<IconMathFunction size={24} />} title={t("design.formulas.empty")}>{t("design.formulas.emptyHelp")}</EmptyState>
      ) : null}
      {forms.map((form) => (
        <FormSection key={form} app={app} form={form} draft={draft} fields={fields.filter((field) => field.form === form)} {...{ facts, names, issues }} />
      ))}
    </div>
  );
}

function AddButton({ app, draft }: { app: string; draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const entries = Object.entries(draft.document.forms ?? {}).map(([key, body]) => ({
    key,
    label: format.label(body.label) || key,
    icon: <IconByName name={body.icon} />,
    onSelect: () => void navigate(fieldAddress(app, key, NEW)),
  }));
  return (
    <MenuButton
      label={t("design.formulas.add")}
      className="design-add"
      groups={[entries]}
      header={<header className="muted">{t("design.formulas.addTo")}</header>}
    >
      <IconPlus size={16} aria-hidden />
      <span>{t("design.formulas.add")}</span>
    </MenuButton>
  );
}

interface SectionProps {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly fields: readonly FormulaField[];
  readonly facts: readonly FormulaFact[] | undefined;
  readonly names: Names | undefined;
  readonly issues: readonly ApiIssue[] | undefined;
}

function FormSection({ app, form, draft, fields, facts, names, issues = [] }: SectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const body = draft.document.forms?.[form];
  const rooted = useMemo<Names>(() => ({ form, forms: names?.forms ?? {}, types: names?.types ?? {} }), [form, names]);
  const id = `form-${form}`;
  return (
    <section className="design-card" aria-labelledby={id}>
      <h2 id={id}>
        <IconByName name={body?.icon} />
        {format.label(body?.label) || form}
        <span className="muted num">{t("design.formulas.count", { count: fields.length })}</span>
      </h2>
      <ul className="formula-list">
        {fields.map((field) => (
          <FormulaRow
            key={field.key}
            app={app}
            field={field}
            names={rooted}
            fact={facts?.find((fact) => fact.form === form && fact.field === field.key)}
            issues={issues.filter(({ path }) => placeOf(path)?.form === form && placeOf(path)?.field === field.key)}
          />
        ))}
      </ul>
    </section>
  );
}

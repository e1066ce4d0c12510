/** For an app's administrator: every condition, default and rule of every form. */
import { get } from "@/api";
import { useNames } from "@/catalogue/expression/calls";
import { ExpressionText } from "@/catalogue/expression/ExpressionText";
import { matching, placeText, type Condition } from "@/model/design/conditions";
import type { Names } from "@/model/expression";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useTitle } from "@/ui/useTitle";
import { IconFilterCog } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { Suspense, lazy, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useDraft, usePreview, type Draft } from "../draft";
import { DraftBar } from "../publish/DraftBar";
import "../design.css";

const ConditionDialog = lazy(() => import("./ConditionDialog"));

export function ConditionsPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  useTitle(t("design.conditions.title"));
  if (draft.isPending) return <Skeleton lines={8} />;
  if (draft.isError) return <ErrorView error={draft.error} onRetry={() => void draft.refetch()} />;
  return <Conditions app={app} draft={draft.data} />;
}

function useConditions(app: string, draft: Draft) {
  return useQuery({
    queryKey: ["draft-expressions", app, draft.revision, draft.version],
    queryFn: ({ signal }) => get<{ expressions: Condition[] }>(`/apps/${encodeURIComponent(app)}/draft/expressions`, undefined, signal).then(({ expressions }) => expressions),
    placeholderData: (before) => before,
  });
}

function Conditions({ app, draft }: { app: string; draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useConditions(app, draft);
  const [kind, setKind] = useState("all");
  const [words, setWords] = useState("");
  const [edited, setEdited] = useState<Condition | null>(null);
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const all = found.data;
  const shown = matching(all, kind, words, format.label);
  const kinds = ["all", ...new Set(all.map((one) => one.kind))];
  return (
    <div className="design-page">
      <header className="design-header">
        <div>
          <h1>{t("design.conditions.title")}</h1>
          <p className="muted">{t("design.conditions.help")}</p>
        </div>
      </header>
      <DraftBar app={app} draft={draft} />
      {all.length === 0 ? <EmptyState icon={<IconFilterCog size={24} />} title={t("design.conditions.empty")}>{t("design.conditions.emptyHelp")}</EmptyState> : (
        <div className="condition-tools" role="search">
          <Input value={words} allowClear placeholder={t("design.conditions.search")} aria-label={t("design.conditions.search")} onChange={(event) => setWords(event.target.value)} />
          <Select<string> value={kind} aria-label={t("design.conditions.kind.all")} options={kinds.map((value) => ({ value, label: t(`design.conditions.kind.${value}`) }))} onChange={setKind} />
        </div>
      )}
      {all.length > 0 && shown.length === 0 ? <p className="muted" role="status">{t("design.conditions.none")}</p> : null}
      {[...new Set(shown.map(({ owner }) => owner))].map((form) => (
        <FormConditions key={form} app={app} form={form} draft={draft} conditions={shown.filter(({ owner }) => owner === form)} onEdit={setEdited} />
      ))}
      {edited ? <Suspense fallback={null}><ConditionDialog app={app} draft={draft} condition={edited} onClose={() => setEdited(null)} /></Suspense> : null}
    </div>
  );
}

interface SectionProps {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly conditions: readonly Condition[];
  readonly onEdit: (condition: Condition) => void;
}

function FormConditions({ app, form, draft, conditions, onEdit }: SectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames({ app, form: "", draft: true }).data;
  const issues = usePreview(app, draft).data?.issues ?? [];
  const body = draft.document.forms?.[form];
  const id = `conditions-${form}`;
  return (
    <section className="design-card" aria-labelledby={id}>
      <h2 id={id}>
        <IconByName name={body?.icon} />
        {format.label(body?.label) || form}
        <span className="muted num">{t("design.conditions.count", { count: conditions.length })}</span>
      </h2>
      <ul className="formula-list">
        {conditions.map((one) => (
          <Row key={one.path} condition={one} names={names} problems={issues.filter(({ path }) => path === one.path).map(({ message }) => message)} onEdit={() => onEdit(one)} />
        ))}
      </ul>
    </section>
  );
}

function Row({ condition, names, problems, onEdit }: { condition: Condition; names: Names | undefined; problems: readonly string[]; onEdit: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, record, kind, text } = condition;
  const rooted = useMemo<Names>(() => rootedAt(names, form, record, t("design.conditions.thisRecord")), [names, form, record, t]);
  const place = placeText(condition, format.label) || t(`design.conditions.kind.${kind}`);
  return (
    <li className="formula-row">
      <div className="formula-name">
        <button type="button" className="condition-open" onClick={onEdit}>{place}</button>
      </div>
      <div className="formula-text"><ExpressionText text={text} names={rooted} /></div>
      <div className="formula-state"><Tag color="gray">{t(`design.conditions.kind.${kind}`)}</Tag></div>
      {problems.map((problem, index) => <p key={index} className="design-problem formula-issue">{problem}</p>)}
    </li>
  );
}

/** The names of an expression over `form`, with the record in hand where it has one. */
function rootedAt(names: Names | undefined, form: string, record: string | null, thisRecord: string): Names {
  const forms = names?.forms ?? {};
  const here = forms[form];
  if (!here || record === null) return { form, forms, types: names?.types ?? {} };
  const label = { en: thisRecord, zh: thisRecord };
  const withRecord = { ...here, names: { ...here.names, $form: { label, type: "record", leads_to: record } } };
  return { form, forms: { ...forms, [form]: withRecord }, types: names?.types ?? {} };
}

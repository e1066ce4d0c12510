/** The permission groups of one form, beside each other: changed here, they go into the draft. */
import { changesBetween, groupsIn, withPart, withPeople, type FieldFacts, type Group, type Groups } from "@/model/design/permissions";
import { ask } from "@/ui/ask";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconLock, IconPlus } from "@tabler/icons-react";
import { EmptyState } from "@/ui/EmptyState";
import { Button } from "antd";
import { Suspense, lazy, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useDefinition, useDraft, type Draft } from "../draft";
import type { AppDocument } from "@/model/design/formulas";
import { DraftBar } from "../publish/DraftBar";
import { usePermissionFacts, type PermissionFacts } from "./calls";
import { ChangeList } from "./ChangeList";
import { Matrix, type FormSubject } from "./Matrix";
import { useGroups } from "./useGroups";
import { useWords } from "./words";
import "../design.css";
import "./permissions.css";

const GroupDialog = lazy(() => import("./GroupDialog"));
const EffectPanel = lazy(() => import("./EffectPanel"));

export function FormPermissionsPage() {
  const { app = "", owner: form = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  const facts = usePermissionFacts(app, draft.data);
  const published = useDefinition(app);
  useTitle(t("permissions.title"));
  const failed = [draft, facts, published].find((one) => one.isError);
  if (failed) return <ErrorView error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!draft.data || !facts.data || !published.data) return <Skeleton lines={8} />;
  if (!facts.data.forms[form]) return <EmptyState heading="h1" icon={<IconLock size={24} />} title={t("permissions.noForm")} actions={<Link to={`/a/${app}/design/permissions`}>{t("permissions.title")}</Link>} />;
  return <FormPermissions key={form} app={app} form={form} draft={draft.data} facts={facts.data} published={published.data} />;
}

interface Props {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly facts: PermissionFacts;
  readonly published: AppDocument;
}

type Buttons = Readonly<Record<string, { readonly label?: Group["label"] }>>;

const buttonsIn = (document: AppDocument, form: string): Buttons => (document.forms?.[form] as { actions?: Buttons } | undefined)?.actions ?? {};

const NO_FIELDS: readonly FieldFacts[] = [];
const NO_GROUPS: NonNullable<Groups> = {};

function FormPermissions({ app, form, draft, facts, published }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { groups, set, saving, error } = useGroups(app, form, draft);
  const unkept = useCallback(() => saving, [saving]);
  const before = groupsIn(published, form);
  const told = facts.forms[form];
  const fields = told?.fields ?? NO_FIELDS;
  const actions = buttonsIn(draft.document, form);
  const words = useWords({ groups, before, fields, roles: facts.roles, actions });
  const changes = useMemo(() => changesBetween(before, groups, fields.map(({ key }) => key), Object.keys(actions)), [before, groups, fields, actions]);
  const [adding, setAdding] = useState(false);
  const [effect, setEffect] = useState(false);
  const body = draft.document.forms?.[form];
  const name = format.label(body?.label) || form;
  const subject: FormSubject = { app, form, draft, words, fields, buttons: Object.keys(actions), roles: facts.roles, people: told?.groups ?? [], published: told?.published ?? [], before };
  const open = (): void =>
    ask({ title: t("permissions.openForm", { name }), content: <p>{t("permissions.openHelp")}</p>, okText: t("permissions.openRun"), danger: true, onOk: () => set(null) });
  return (
    <div className="design-page perm-page">
      <Link to={`/a/${app}/design/permissions`} className="design-back"><IconArrowLeft size={16} aria-hidden />{t("permissions.title")}</Link>
      <header className="design-header">
        <div>
          <h1 className="perm-title"><IconByName name={body?.icon} />{t("permissions.of", { name })}</h1>
          <p className="muted">{t("permissions.formHelp")}</p>
        </div>
        <div className="perm-tools">
          <span className="muted" role="status">{saving ? t("permissions.saving") : ""}</span>
          {groups === null ? null : <Button onClick={open}>{t("permissions.openRun")}</Button>}
          <Button icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("permissions.add")}</Button>
        </div>
      </header>
      <DraftBar app={app} draft={draft} />
      <LeaveGuard active={unkept} />
      {error ? <p role="alert" className="design-problem">{errorText(error)}</p> : null}
      {changes.length > 0 ? <ChangeList changes={changes} words={words} onDiscard={() => set(before)} /> : null}
      {groups === null ? (
        <EmptyState icon={<IconLock size={24} />} title={t("permissions.open")}>{t("permissions.openEmpty")}</EmptyState>
      ) : (
        <Matrix subject={subject} groups={groups} onChange={set} />
      )}
      <section className="design-card" aria-labelledby="perm-effect">
        <h2 id="perm-effect">{t("permissions.effect.title")}</h2>
        <p className="muted">{t("permissions.effect.help")}</p>
        {effect ? (
          <Suspense fallback={<Skeleton lines={4} />}><EffectPanel app={app} form={form} draft={draft} words={words} /></Suspense>
        ) : (
          <div><Button onClick={() => setEffect(true)}>{t("permissions.effect.show")}</Button></div>
        )}
      </section>
      {adding ? (
        <Suspense fallback={null}>
          <GroupDialog
            taken={Object.keys({ ...before, ...groups })}
            roles={facts.roles}
            onClose={() => setAdding(false)}
            onSave={(key, { label, roles, external }) => set({ ...(groups ?? NO_GROUPS), [key]: withPart<"label">(withPeople({ roles, actions: ["view"], rows: "own" }, roles, external), "label", label) })}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

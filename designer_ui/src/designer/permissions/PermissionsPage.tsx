/** For an app's administrator: who may do what on every form, at a glance. */
import { gives, groupsIn, otherFields, type Group, type Groups } from "@/model/design/permissions";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useTitle } from "@/ui/useTitle";
import { IconAlertTriangle, IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useDefinition, useDraft, type Draft } from "../draft";
import { sameJson } from "@/model/design/formulas";
import { DraftBar } from "../publish/DraftBar";
import { usePermissionFacts, type FormFacts, type PermissionFacts } from "./calls";
import { useWords, type Words } from "./words";
import "../design.css";
import "./permissions.css";

export function PermissionsPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  const facts = usePermissionFacts(app, draft.data);
  useTitle(t("permissions.title"));
  const failed = draft.isError ? draft : facts.isError ? facts : null;
  if (failed) return <ErrorView error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!draft.data || !facts.data) return <Skeleton lines={8} />;
  return <Overview app={app} draft={draft.data} facts={facts.data} />;
}

function Overview({ app, draft, facts }: { app: string; draft: Draft; facts: PermissionFacts }) {
  const { t } = useTranslation();
  const published = useDefinition(app).data;
  return (
    <div className="design-page">
      <header className="design-header">
        <div>
          <h1>{t("permissions.title")}</h1>
          <p className="muted">{t("permissions.help")}</p>
        </div>
        <Link to={`/a/${app}/design/visibility`}>{t("permissions.visibility")}</Link>
      </header>
      <DraftBar app={app} draft={draft} />
      {Object.keys(facts.forms).map((form) => (
        <FormCard key={form} app={app} form={form} draft={draft} facts={facts} changed={published !== undefined && !sameJson(groupsIn(published, form), groupsIn(draft.document, form))} />
      ))}
    </div>
  );
}

const SHOWN = ["view", "create", "edit", "delete", "import", "export"] as const;

interface CardProps {
  readonly app: string;
  readonly form: string;
  readonly draft: Draft;
  readonly facts: PermissionFacts;
  readonly changed: boolean;
}

function FormCard({ app, form, draft, facts, changed }: CardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const body = draft.document.forms?.[form];
  const groups = groupsIn(draft.document, form);
  const told = facts.forms[form];
  const words = useWords({ groups, fields: told?.fields ?? [], roles: facts.roles });
  const id = `permissions-${form}`;
  const name = format.label(body?.label) || form;
  return (
    <section className="design-card" aria-labelledby={id}>
      <h2 id={id}>
        <IconByName name={body?.icon} />
        <Link to={`/a/${app}/design/permissions/${form}`}>{name}</Link>
        {changed ? <Tag color="amber">{t("permissions.changed")}</Tag> : null}
      </h2>
      {groups === null ? <p>{t("permissions.open")}</p> : <GroupsTable groups={groups} told={told} words={words} caption={name} />}
      {groups !== null && !seenBySomebody(groups, told) ? (
        <p className="perm-warning"><IconAlertTriangle size={16} aria-hidden />{t("permissions.nobodySees")}</p>
      ) : null}
    </section>
  );
}

/** Whether anybody but administrators sees a record of the form. */
function seenBySomebody(groups: NonNullable<Groups>, told: FormFacts | undefined): boolean {
  return Object.entries(groups).some(([key, group]) => gives(groups, key, "view").on && group.rows !== "none" && (told?.groups?.find((one) => one.key === key)?.people.count ?? 1) > 0);
}

function GroupsTable({ groups, told, words, caption }: { groups: NonNullable<Groups>; told: FormFacts | undefined; words: Words; caption: string }) {
  const { t } = useTranslation();
  return (
    <div className="perm-scroll" role="region" tabIndex={0} aria-label={caption}>
      <table className="perm-overview">
        <thead>
          <tr>
            <th scope="col">{t("permissions.group")}</th>
            <th scope="col">{t("permissions.who")}</th>
            <th scope="col">{t("permissions.rows.title")}</th>
            {SHOWN.map((action) => <th key={action} scope="col" className="mark">{words.action(action)}</th>)}
            <th scope="col">{t("permissions.fields")}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(groups).map(([key, group]) => (
            <tr key={key}>
              <th scope="row">{words.group(key)}</th>
              <td><Who group={group} told={told?.groups?.find((one) => one.key === key)} words={words} /></td>
              <td>{words.rows(group.rows ?? "all")}</td>
              {SHOWN.map((action) => <td key={action} className="mark"><Mark on={group.rows !== "none" && gives(groups, key, action).on} /></td>)}
              <td>{limitsOf(group).map(({ kind, count }) => t(`permissions.limits.${kind}`, { count })).join(" · ") || t("permissions.limits.none")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function limitsOf(group: Group): readonly { readonly kind: string; readonly count: number }[] {
  const found = [
    { kind: "hidden", count: group.hidden_fields?.length ?? 0 },
    { kind: "masked", count: Object.keys(group.masked_fields ?? {}).length },
    { kind: "readable", count: group.read_only_fields?.length ?? 0 },
  ].filter(({ count }) => count > 0);
  const others = otherFields(group);
  return others === "writable" ? found : [...found, { kind: `others_${others}`, count: 0 }];
}

function Who({ group, told, words }: { group: Group; told: NonNullable<FormFacts["groups"]>[number] | undefined; words: Words }) {
  const { t } = useTranslation();
  const added = [...(told?.users ?? []), ...(told?.departments ?? []), ...(told?.organisations ?? [])].map(({ name }) => name);
  const count = told?.people.count ?? 0;
  return (
    <>
      <span>{words.list([...group.roles.map(words.role), ...(group.external ?? []).map(words.kind), ...added]) || t("permissions.nobody")}</span>{" "}
      <small className={count === 0 ? "perm-none" : "muted"} title={told?.people.names.join(", ")}>{t("permissions.people", { count })}</small>
    </>
  );
}

function Mark({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const label = t(on ? "permissions.yes" : "permissions.no");
  return <span role="img" aria-label={label} title={label} className={on ? "perm-yes" : "perm-no"}>{on ? <IconCheck size={16} /> : <IconMinus size={16} />}</span>;
}

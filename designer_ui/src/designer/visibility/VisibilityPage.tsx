/** For an app's administrator: to whom the app, the entries of its menu, its views and its workflows are shown. */
import { everybody, placesIn, type Place } from "@/model/design/audience";
import { sameJson, type AppDocument } from "@/model/design/formulas";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useDefinition, useDraft, type Draft } from "../draft";
import { usePermissionFacts, type RoleFacts } from "../permissions/calls";
import { DraftBar } from "../publish/DraftBar";
import "../design.css";
import "../permissions/permissions.css";

const AudienceDialog = lazy(() => import("./AudienceDialog"));

export function VisibilityPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  const facts = usePermissionFacts(app, draft.data);
  const published = useDefinition(app);
  useTitle(t("visibility.title"));
  const failed = [draft, facts, published].find((one) => one.isError);
  if (failed) return <ErrorView error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!draft.data || !facts.data || !published.data) return <Skeleton lines={8} />;
  return <Places app={app} draft={draft.data} roles={facts.data.roles} published={published.data} />;
}

interface Props {
  readonly app: string;
  readonly draft: Draft;
  readonly roles: readonly RoleFacts[];
  readonly published: AppDocument;
}

function Places({ app, draft, roles, published }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [edited, setEdited] = useState<Place | null>(null);
  const names = useNames();
  const places = placesIn(draft.document);
  const before = new Map(placesIn(published).map((place) => [place.path, place.audience]));
  const forms = draft.document.forms ?? {};
  const workflows = places.filter(({ kind }) => kind === "workflow");
  const table = (shown: readonly Place[], caption: string) => (
    <div className="perm-scroll" role="region" tabIndex={0} aria-label={caption}>
      <table className="perm-overview">
        <thead>
          <tr>
            <th scope="col">{t("visibility.part")}</th>
            <th scope="col">{t("visibility.for")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((place) => (
            <tr key={place.path}>
              <th scope="row" className={place.level === 1 ? "inner" : undefined}>{names(place)}</th>
              <td>
                <Shown place={place} roles={roles} />{" "}
                {before.has(place.path) && !sameJson(before.get(place.path) ?? null, place.audience) ? <Tag color="amber">{t("visibility.changed")}</Tag> : null}
                <button type="button" className="perm-link" aria-label={t("visibility.changeOf", { name: names(place) })} onClick={() => setEdited(place)}>{t("visibility.change")}</button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <div className="design-page">
      <Link to={`/a/${app}/design/permissions`} className="design-back"><IconArrowLeft size={16} aria-hidden />{t("permissions.title")}</Link>
      <header className="design-header">
        <div>
          <h1>{t("visibility.title")}</h1>
          <p className="muted">{t("visibility.help")}</p>
        </div>
      </header>
      <DraftBar app={app} draft={draft} />
      <section className="design-card" aria-labelledby="visibility-menu">
        <h2 id="visibility-menu">{t("visibility.menu")}</h2>
        {table(places.filter(({ kind }) => kind !== "view" && kind !== "workflow"), t("visibility.menu"))}
      </section>
      {workflows.length === 0 ? null : (
        <section className="design-card" aria-labelledby="visibility-workflows">
          <h2 id="visibility-workflows">{t("visibility.workflows")}</h2>
          {table(workflows, t("visibility.workflows"))}
        </section>
      )}
      {Object.entries(forms).map(([form, body]) => {
        const views = places.filter((place) => place.kind === "view" && place.form === form);
        const name = t("visibility.views", { name: format.label(body.plural ?? body.label) || form });
        return views.length === 0 ? null : (
          <section key={form} className="design-card" aria-labelledby={`visibility-${form}`}>
            <h2 id={`visibility-${form}`}><IconByName name={body.icon} />{name}</h2>
            {table(views, name)}
          </section>
        );
      })}
      {edited ? (
        <Suspense fallback={null}>
          <AudienceDialog app={app} draft={draft} place={edited} name={names(edited)} roles={roles} onClose={() => setEdited(null)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** How people call a place. */
function useNames(): (place: Place) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, form, label, view, path }) => {
    if (kind === "app") return t("visibility.app");
    const name = format.label(label) || form || path;
    return view ? t("visibility.withView", { form: name, view: format.label(view) }) : name;
  };
}

function Shown({ place, roles }: { place: Place; roles: readonly RoleFacts[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { audience } = place;
  if (audience === null) return <span className="muted">{t(`visibility.${everybody(place)}`)}</span>;
  const role = (key: string): string => format.label(roles.find((one) => one.key === key)?.label) || key;
  const byApp = [...(audience.roles ?? []).map(role), ...(audience.external ?? []).map((kind) => t(`permissions.external.${kind}`))];
  const named = [...(audience.departments ?? []), ...(audience.users ?? []), ...(audience.organisations ?? [])];
  if (byApp.length + named.length === 0) return <span className="perm-none">{t("visibility.nobody")}</span>;
  return (
    <span className="perm-tags">
      {byApp.map((one) => <span key={one} className="j-tag tone-blue" title={one}><span>{one}</span></span>)}
      {named.map((one) => <span key={one} className="j-tag tone-gray" title={one}><span>{one}</span></span>)}
    </span>
  );
}

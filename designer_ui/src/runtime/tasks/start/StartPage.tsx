import { IconArrowBackUp, IconArrowLeft, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { grouped, latelyUsed, searched, useCameBack, useStartable, type Startable } from "./calls";
import "../../record/record.css";
import "../tasks.css";
import "./start.css";

const PickRecord = lazy(async () => ({ default: (await import("./PickRecord")).PickRecord }));

/** What somebody may start: with a new record, or on one that is there; what came back to him stands first. */
export function StartPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { app } = useParams();
  const found = useStartable(app);
  const [text, setText] = useState("");
  const [picking, setPicking] = useState<Startable | null>(null);
  useTitle(t("start.title"));
  const root = app === undefined ? "" : `/a/${encodeURIComponent(app)}/-`;
  const all = found.data ?? [];
  const shown = searched(all, text, (one) => [one.label, one.description, one.form_label, one.app_label].map((label) => format.label(label)).join(" "));
  const lately = text.trim() === "" ? latelyUsed(all) : [];
  // Within an app its forms tell them apart, else the apps.
  const groups = grouped(shown, app === undefined ? "app" : "form");
  const list = (title: string, workflows: readonly Startable[]) => (
    <Group key={title} title={title}>
      {workflows.map((one) => <Row key={`${one.app}/${one.key}`} workflow={one} withApp={app === undefined} onPick={() => setPicking(one)} />)}
    </Group>
  );
  return (
    <div className="runs starts">
      <header>
        <p className="record-path"><Link to={`${root}/tasks`}><IconArrowLeft size={16} aria-hidden />{t("tasks.title")}</Link></p>
        <h1>{t("start.title")}</h1>
        <p className="muted">{t("start.lead")}</p>
      </header>
      <CameBack app={app} root={root} />
      {found.isError ? <ErrorView part error={found.error} onRetry={found.refetch} /> : found.isPending ? <Skeleton lines={8} /> : all.length === 0 ? (
        <EmptyState icon={<IconPlayerPlay size={24} />} title={t("start.none")}>{t("start.noneHelp")}</EmptyState>
      ) : (
        <>
          <input type="search" className="starts-search" value={text} onChange={(event) => setText(event.target.value)} placeholder={t("start.search")} aria-label={t("start.search")} maxLength={200} />
          {shown.length === 0 ? <p className="muted" role="status">{t("start.notFound")}</p> : null}
          {lately.length > 0 ? list(t("start.lately"), lately) : null}
          {groups.map((group) => list(format.label(app === undefined ? group[0].app_label : group[0].form_label), group))}
        </>
      )}
      {picking ? <Suspense fallback={null}><PickRecord workflow={picking} onClose={() => setPicking(null)} /></Suspense> : null}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="starts-group">
      <h2 id={id}>{title}</h2>
      <ul className="card">{children}</ul>
    </section>
  );
}

function Row({ workflow, withApp, onPick }: { workflow: Startable; withApp: boolean; onPick: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const form = format.label(workflow.form_label);
  const label = format.label(workflow.label);
  return (
    <li>
      <span className="record-icon tone-blue"><IconByName name={workflow.icon} size={18} /></span>
      <div>
        <strong>{label}</strong>
        <span className="muted">{withApp ? `${format.label(workflow.app_label)} · ${form}` : form}</span>
        {workflow.description ? <p className="muted">{format.label(workflow.description)}</p> : null}
      </div>
      <div className="starts-ways">
        {workflow.ways.map(({ on }) =>
          on === "create" ? (
            <Button key={on} icon={<IconPlus size={16} aria-hidden />} aria-label={t("start.createOf", { form, workflow: label })} onClick={() => void navigate(`/a/${encodeURIComponent(workflow.app)}/${encodeURIComponent(workflow.form)}/new`)}>{t("start.create", { form })}</Button>
          ) : (
            <Button key={on} icon={<IconPlayerPlay size={16} aria-hidden />} aria-label={t("start.pickFor", { workflow: label })} onClick={onPick}>{t("start.pick")}</Button>
          ),
        )}
      </div>
    </li>
  );
}

/** What was returned to who started it: nothing of it is lost while it waits to be mended. */
function CameBack({ app, root }: { app: string | undefined; root: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useCameBack(app).data ?? [];
  if (tasks.length === 0) return null;
  return (
    <Group title={t("start.cameBack")}>
      {tasks.map((task) => (
        <li key={task.id}>
          <span className="record-icon tone-amber"><IconArrowBackUp size={18} aria-hidden /></span>
          <div>
            <Link to={`${root}/tasks/${task.id}`}>{task.record.title || (task.record.id === null ? t("tasks.proposal.untitled") : `#${task.record.id}`)}</Link>
            <span className="muted">{format.label(task.instance.label)} · <time dateTime={task.opened_at} title={format.dateTime(task.opened_at)}>{format.relative(task.opened_at)}</time></span>
          </div>
        </li>
      ))}
    </Group>
  );
}

import { IconInbox, IconKeyboard, IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { useTaskCounts } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { useMedia } from "@/ui/useMedia";
import { usePlainKeys } from "@/ui/usePlainKeys";
import { useTitle } from "@/ui/useTitle";
import { TaskBox } from "./TaskBox";
import { useTaskPlace, type TaskPlace } from "./place";
import { filtersHere, useSavedFilters } from "./savedFilters";
import { BOXES, type Box } from "./types";
import "../record/record.css";
import "./tasks.css";

/** The page of a task can show and change any field: it is fetched when one is opened. */
const TaskPage = lazy(async () => {
  const [page, { loadRecordPageTexts }] = await Promise.all([import("./TaskPage"), import("../record/page/texts")]);
  await loadRecordPageTexts();
  return { default: page.TaskPage };
});

const ShortcutsDialog = lazy(async () => ({ default: (await import("./ShortcutsDialog")).ShortcutsDialog }));

/** Chosen tasks on paper; their address stands where that of one task does. */
const TaskPrintPage = lazy(async () => {
  const [page, { loadRecordPageTexts }, { loadPrintTexts }] = await Promise.all([import("./print/TaskPrintPage"), import("../record/page/texts"), import("../record/print/texts")]);
  await Promise.all([loadRecordPageTexts(), loadPrintTexts()]);
  return { default: page.TaskPrintPage };
});

/** What waits for me and what I set going, or chosen tasks on paper. */
export function TasksPage() {
  return useParams().task === "print" ? <Suspense fallback={<div className="record-waiting"><Skeleton lines={8} /></div>}><TaskPrintPage /></Suspense> : <Boxed />;
}

/** The boxes at the left, the chosen task beside them where there is room. */
function Boxed() {
  const { t } = useTranslation();
  const place = useTaskPlace();
  const beside = useMedia("(min-width: 1100px)");
  const open = place.task !== undefined;
  const saved = useSavedFilters();
  const opensWith = place.bare && !open ? filtersHere(saved.data ?? [], place.box, place.app).find(({ first }) => first) : undefined;
  const [keys, setKeys] = useState(false);
  usePlainKeys((key) => {
    if (key !== "?") return false;
    setKeys(true);
    return true;
  });
  useTitle(open ? undefined : t("tasks.title"));
  if (opensWith) return <Navigate to={place.narrowedTo(opensWith.query)} replace />;
  return (
    <div className={`tasks ${beside ? "beside" : ""}`}>
      {beside || !open ? (
        <section className="tasks-boxes" aria-label={t("tasks.title")}>
          <header className="tasks-head">
            <h1>{t("tasks.title")}</h1>
            {beside ? <IconButton label={t("tasks.keys.title")} aria-keyshortcuts="?" onClick={() => setKeys(true)}><IconKeyboard size={18} aria-hidden /></IconButton> : null}
            <Link to={place.starting}><IconPlus size={16} aria-hidden />{t("start.title")}</Link>
          </header>
          <Boxes place={place} />
          {saved.isPending ? <div className="tasks-waiting"><Skeleton lines={9} /></div> : <TaskBox key={place.box} place={place} />}
        </section>
      ) : null}
      {open ? (
        <section className="tasks-one" aria-label={t("tasks.one")}><Suspense fallback={<div className="record-waiting"><Skeleton lines={8} /></div>}><TaskPage key={place.task} id={place.task} place={place} alone={!beside} /></Suspense></section>
      ) : beside ? (
        <section className="tasks-one" aria-label={t("tasks.one")}>
          <EmptyState icon={<IconInbox size={24} />} title={t("tasks.choose")}>{t("tasks.chooseHelp")}</EmptyState>
        </section>
      ) : null}
      {keys ? <Suspense fallback={null}><ShortcutsDialog onClose={() => setKeys(false)} /></Suspense> : null}
    </div>
  );
}

function Boxes({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const counts = useTaskCounts().data;
  const app = place.app;
  const number: Partial<Record<Box, number | undefined>> = { todo: app ? counts?.by_app[app] ?? (counts ? 0 : undefined) : counts?.todo, copied: counts?.copied };
  return (
    <nav className="tabs tasks-tabs" aria-label={t("tasks.boxes")}>
      {BOXES.map((box) => (
        <Link key={box} to={place.address(undefined, box)} aria-current={box === place.box ? "page" : undefined}>
          {t(`tasks.box.${box}`)}
          {number[box] ? <span className="tab-badge num">{(number[box] ?? 0) > 99 ? "99+" : number[box]}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

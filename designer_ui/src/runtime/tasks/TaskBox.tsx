import { IconChecks, IconFilterOff } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { usePlainKeys } from "@/ui/usePlainKeys";
import { TaskRowView } from "./TaskRow";
import { useTasks } from "./calls";
import type { TaskPlace } from "./place";
import { filtersHere, useSavedFilters } from "./savedFilters";
import type { OpenTask, TaskRow } from "./types";

/** The boxes to choose from come after the tasks themselves; a row of their height is kept for them. */
const TaskFilters = lazy(async () => ({ default: (await import("./TaskFilters")).TaskFilters }));
const BatchBar = lazy(async () => ({ default: (await import("./BatchBar")).BatchBar }));

const isBatched = (task: TaskRow): task is OpenTask => task.id !== null && task.batch.length > 0;

/** The tasks of a box. Arrow keys, or J and K, walk through them; X marks one for deciding several at once. */
export function TaskBox({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const pages = useTasks(place.query);
  const named = filtersHere(useSavedFilters().data ?? [], place.box, place.app).length > 0;
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const tasks = (pages.data?.pages ?? []).flatMap((page) => page.tasks);
  const able = place.box === "todo" ? tasks.filter(isBatched) : [];
  const chosen = able.filter(({ id }) => marked.has(id));
  const mark = (task: OpenTask, on: boolean): void => {
    const next = new Set(marked);
    if (on) next.add(task.id);
    else next.delete(task.id);
    setMarked(next);
  };
  useNeighbours(place, tasks);
  const onKeyDown = useWalking(tasks, (task) => isBatched(task) && mark(task, !marked.has(task.id)));
  return (
    <>
      <Suspense fallback={<div className={`tasks-filters waiting ${named ? "named" : ""}`} />}><TaskFilters place={place} /></Suspense>
      {chosen.length > 0 ? <Suspense fallback={<div className="tasks-batch" />}><BatchBar chosen={chosen} all={able} onMark={(ids) => setMarked(new Set(ids))} /></Suspense> : null}
      {pages.isError ? (
        <ErrorView part error={pages.error} onRetry={pages.refetch} />
      ) : pages.isPending ? (
        <div className="tasks-waiting"><Skeleton lines={9} /></div>
      ) : tasks.length === 0 ? (
        <NoTasks place={place} />
      ) : (
        <>
          <ul className="tasks-list" aria-label={t(`tasks.box.${place.box}`)} onKeyDown={onKeyDown}>
            {tasks.map((task) => (
              <TaskRowView
                key={`${task.box}-${task.id}-${task.instance.id}`}
                task={task}
                place={place}
                marked={able.length > 0 ? task.id !== null && marked.has(task.id) : undefined}
                onMark={(on) => isBatched(task) && mark(task, on)}
              />
            ))}
          </ul>
          {pages.hasNextPage ? (
            <Button className="tasks-more" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("tasks.more")}</Button>
          ) : null}
        </>
      )}
    </>
  );
}

/** Moves the focus from one task's link to the next. */
function useWalking(tasks: readonly TaskRow[], onMark: (task: TaskRow) => void): (event: KeyboardEvent<HTMLUListElement>) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".tasks-link")];
    const at = links.findIndex((link) => link.closest("li")?.contains(document.activeElement));
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const task = tasks[at];
    if (step !== undefined) links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
    else if (event.key === "x" && task) onMark(task);
    else return;
    event.preventDefault();
  };
}

/** J and K anywhere else on the page: the task below or above the open one; without one the first is reached. */
function useNeighbours(place: TaskPlace, tasks: readonly TaskRow[]): void {
  const navigate = useNavigate();
  usePlainKeys((key) => {
    const step = { j: 1, k: -1 }[key];
    if (step === undefined || tasks.length === 0) return false;
    const at = tasks.findIndex(({ id }) => id !== null && id === place.task);
    const next = tasks[at + step]?.id;
    if (at < 0) document.querySelector<HTMLElement>(".tasks-list .tasks-link")?.focus();
    else if (typeof next === "number") void navigate(place.address(next));
    return true;
  });
}

function NoTasks({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (place.narrowed > 0) {
    return (
      <EmptyState
        icon={<IconFilterOff size={24} />}
        title={t("tasks.noneFound")}
        actions={<Button onClick={() => void navigate(place.narrowedTo({}), { replace: true })}>{t("tasks.clear")}</Button>}
      />
    );
  }
  return <EmptyState icon={<IconChecks size={24} />} title={t(`tasks.empty.${place.box}`)}>{t(`tasks.emptyHelp.${place.box}`)}</EmptyState>;
}

import { IconArrowLeft, IconArrowRight, IconPrinter } from "@tabler/icons-react";
import { Button } from "antd";
import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { FilesOfTask } from "@/fields/files/task";
import { Sheet } from "../../record/print/Sheet";
import { Proposed } from "../Proposed";
import { taskQuery } from "../calls";
import type { TaskJson } from "../types";
import { Approval, type Choices } from "./Approval";
import { idsIn, rootOf } from "./address";
import { useChoices } from "./useChoices";
import "../tasks.css";

/** Tasks on paper, each on pages of its own: their records as their steps show them, and how they were approved. */
export function TaskPrintPage() {
  const { t } = useTranslation();
  const { app } = useParams();
  const [search] = useSearchParams();
  const ids = idsIn(search.get("tasks"));
  const [next] = idsIn(search.get("next"));
  const found = useQueries({ queries: ids.map(taskQuery) });
  const [choices, boxes] = useChoices();
  const settled = found.every(({ isPending }) => !isPending);
  const shown = found.flatMap(({ data }) => (data?.print ? [data] : []));
  const ready = settled && shown.length > 0;
  const leftOut = ids.length - shown.length;
  useTitle(t("print.tasks", { count: shown.length }));
  useEffect(() => {
    // Whoever decides and prints need not press once more.
    if (ready && search.has("now")) window.print();
  }, [ready, search]);
  const root = rootOf(app);
  const [only] = ids;
  const back = <Link to={ids.length === 1 && only !== undefined ? `${root}/${only}` : root}><IconArrowLeft size={16} aria-hidden />{t(ids.length === 1 ? "print.backToTask" : "print.backToTasks")}</Link>;
  if (!settled) return <div className="print"><Skeleton lines={12} /></div>;
  if (shown.length === 0) return <EmptyState heading="h1" icon={<IconPrinter size={24} />} title={t("print.noTasks")} actions={back}>{t("print.noTasksHelp")}</EmptyState>;
  return (
    <div className="print">
      <div className="print-tools">
        {back}
        {next === undefined ? null : <Link to={`${root}/${next}`}>{t("print.nextTask")}<IconArrowRight size={16} aria-hidden /></Link>}
        <Button type="primary" icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t("print.run")}</Button>
      </div>
      <div className="print-tools print-options">{boxes}</div>
      {leftOut > 0 ? <p className="print-tools" role="status">{t("print.leftOut", { count: leftOut })}</p> : null}
      {shown.map((one) => <TaskSheet key={one.task.id} shown={one} choices={choices} />)}
    </div>
  );
}

function TaskSheet({ shown, choices }: { readonly shown: TaskJson; readonly choices: Choices | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, record, workflow } = shown;
  return (
    <FilesOfTask value={shown.task.id}>
      <Sheet describe={describe} record={record} kind={choices ? t("print.approvalForm", { form: format.label(describe.label) }) : undefined}>
        <Proposed instance={workflow} describe={describe} />
        {choices ? <Approval instance={workflow} choices={choices} /> : null}
      </Sheet>
    </FilesOfTask>
  );
}

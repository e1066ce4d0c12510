import { Button, Checkbox } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { showToast } from "@/ui/toast";
import { useDeactivate } from "../calls";
import { PersonSelect } from "../parts/Choose";
import { Field, issueAt } from "../parts/Field";
import type { Person } from "../types";
import { BelongingList } from "./BelongingList";
import { tasksIn, useBelongings, useHandOver, type HandedOver } from "./calls";
import { HandoverProgress } from "./HandoverProgress";
import "./handover.css";

interface Props {
  readonly person: Person;
  /** Whether the person leaves now. */
  readonly leaving: boolean;
  readonly onClose: () => void;
}

/** Another successor for one thing than for the rest; null where it stays with the leaver. */
export type Choices = Readonly<Record<string, number | null>>;

/** Lists what somebody has and gives it to successors; somebody who leaves is deactivated in the same step. */
export function HandoverDialog({ person, leaving, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const found = useBelongings(person.id);
  const handOver = useHandOver();
  const deactivate = useDeactivate();
  const [to, setTo] = useState<number | null>(null);
  const [choices, setChoices] = useState<Choices>({});
  const [partly, setPartly] = useState(false);
  if (handOver.data) return <Result person={person} leaving={leaving} done={handOver.data} onClose={onClose} />;
  const items = found.data ?? [];
  const somebody = to !== null || Object.values(choices).some((one) => one !== null);
  const error = handOver.error ?? deactivate.error;
  const problems = error instanceof ApiError ? error.issues.filter((issue) => issue.path === "/records") : [];
  const told = issueAt(error, "/to") ?? issueAt(error, "/items");
  const run = (): void => {
    if (somebody) {
      handOver.mutate({ id: person.id, to, items: Object.entries(choices).map(([key, other]) => ({ key, to: other })), deactivate: leaving, partly });
      return;
    }
    deactivate.mutate(person.id, {
      onSuccess: () => {
        announce(t("settings.people.deactivated", { name: person.name }));
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={leaving ? t("settings.people.deactivateAsk", { name: person.name }) : t("settings.handover.title", { name: person.name })}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" danger={leaving} disabled={!somebody && !leaving} loading={handOver.isPending || deactivate.isPending} onClick={run}>
            {leaving ? (somebody ? t("settings.handover.both") : t("settings.people.deactivate")) : t("settings.handover.run")}
          </Button>
        </>
      }
    >
      <div className="set-form">
        {leaving ? <p>{t("settings.people.deactivateHelp")}</p> : null}
        {found.error ? <ErrorView part error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isPending ? <Skeleton lines={5} /> : null}
        {found.data && items.length === 0 ? <p className="muted">{t("settings.handover.nothing", { name: person.name })}</p> : null}
        {items.length > 0 ? (
          <>
            <Field id={`${id}-to`} label={t("settings.handover.to")} help={leaving ? t("settings.handover.toLeaving") : t("settings.handover.toHelp")} issue={told}>
              <PersonSelect id={`${id}-to`} value={to} onChange={setTo} />
            </Field>
            <BelongingList items={items} to={to} choices={choices} onChange={setChoices} />
          </>
        ) : null}
        {problems.length > 0 ? (
          <div role="alert">
            <p className="set-issue">{t("settings.handover.problems")}</p>
            <ul className="set-issues">{problems.map((issue) => <li key={issue.message}>{issue.message}</li>)}</ul>
            <Checkbox checked={partly} onChange={(event) => setPartly(event.target.checked)}>{t("settings.handover.partly")}</Checkbox>
          </div>
        ) : error && !told ? (
          <p className="set-issue" role="alert">{errorText(error)}</p>
        ) : null}
      </div>
    </Dialog>
  );
}

/** What came of it, or how far the job is that does it. */
function Result({ person, leaving, done, onClose }: Props & { readonly done: HandedOver }) {
  const { t } = useTranslation();
  const close = (): void => {
    if (leaving) showToast({ text: t("settings.people.deactivated", { name: person.name }) });
    onClose();
  };
  return (
    <Dialog title={t("settings.handover.title", { name: person.name })} className="set-dialog" onClose={close} footer={<Button type="primary" autoFocus onClick={close}>{t("settings.done")}</Button>}>
      {done.job === null ? <Outcome records={done.records} tasks={tasksIn(done.handed)} left={done.left} problems={done.issues.map((issue) => issue.message)} /> : <HandoverProgress id={done.job} />}
    </Dialog>
  );
}

export function Outcome({ records, tasks, left, problems }: { records: number; tasks: number; left: number; problems: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="set-form">
      <p role="status">{t("settings.handover.done", { count: records })}{tasks > 0 ? ` ${t("settings.handover.tasks", { count: tasks })}` : ""}</p>
      {left > 0 ? <p className="set-issue">{t("settings.handover.left", { count: left })}</p> : null}
      {problems.length > 0 ? <ul className="set-issues">{problems.map((text) => <li key={text}>{text}</li>)}</ul> : null}
    </div>
  );
}

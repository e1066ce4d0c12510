import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError, type Describe, type Json, type Values } from "@/api";
import { issuesByField, sentValues } from "@/model/draft";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useErrorText } from "@/ui/ErrorView";
import { FilesOfTask } from "@/fields/files/task";
import { FormField } from "../record/FormField";
import { useRecordDraft, type RecordDraft } from "../record/useRecordDraft";
import { DecisionBar } from "./DecisionBar";
import { DecisionDialog, type Given } from "./DecisionDialog";
import { TaskRecord } from "./TaskRecord";
import { useDecide } from "./calls";
import type { TaskPlace } from "./place";
import { printAddress } from "./print/address";
import type { DecisionChoice, TaskJson } from "./types";

const NOTHING: Values = {};

/** What is being decided, and whether it goes on paper afterwards. */
interface Pressed {
  readonly choice: DecisionChoice;
  readonly print: boolean;
}

/** The form as this step has it: what may be filled in here, and what must be. */
function describeStep({ describe, fields }: TaskJson): Describe {
  const editable = new Set(fields.editable);
  const required = new Set(fields.required);
  const own = Object.entries(describe.fields).map(([key, field]) => [key, { ...field, required: required.has(key) || (field.required ?? false), read_only: !editable.has(key) || (field.read_only ?? false) }] as const);
  return { ...describe, actions: [], live: false, program: null, fields: Object.fromEntries(own) };
}

/** Decides a task: the fields of this step, all about the record, and the bar with what can be done. */
export function Decision({ shown, place, children }: { shown: TaskJson; place: TaskPlace; children: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const describe = useMemo(() => describeStep(shown), [shown]);
  const draft = useRecordDraft(describe, shown.record.id, shown.record, NOTHING);
  const decide = useDecide(shown.task.id, place.query);
  const [pressed, setPressed] = useState<Pressed | null>(null);
  const [problem, setProblem] = useState("");
  const left = useRef(false);
  const guard = useCallback(() => draft.dirty && !left.current, [draft.dirty]);
  const send = async ({ choice: chosen, print }: Pressed, given: Given): Promise<void> => {
    setProblem("");
    const values = sentValues(draft.changed);
    try {
      const done = await decide.mutateAsync({ decision: chosen.key, ...given, ...(draft.dirty ? { values, revision: shown.record.revision } : {}) });
      left.current = true;
      const text = t("tasks.decided", { decision: format.label(chosen.label), title: shown.record.title || (shown.task.record.id === null ? t("tasks.proposal.untitled") : `#${shown.record.id}`) });
      announce(text);
      showToast({ text });
      if (print) return void navigate(printAddress(place.app, [shown.task.id], { now: true, next: done.next_task }));
      void navigate(place.box === "todo" && done.next_task !== null ? place.address(done.next_task) : place.address());
    } catch (error) {
      setPressed(null);
      const found = error instanceof ApiError ? issuesByField(error.issues, describe.fields) : new Map<string, string>();
      if (found.size > 0 && error instanceof ApiError) draft.setIssues(found, error.issues);
      const hidden = [...found].filter(([key]) => !shown.fields.editable.includes(key)).map(([, message]) => message);
      setProblem(hidden.length || found.size === 0 ? [...hidden, ...(found.size === 0 ? [errorText(error)] : [])].join(" ") : t("record.issues", { count: found.size }));
    }
  };
  const press = (choice: DecisionChoice, print = false): void => {
    if (choice.comment === "no" && choice.signature === "no" && isPlain(choice)) void send({ choice, print }, {});
    else setPressed({ choice, print });
  };
  return (
    <FilesOfTask value={shown.task.id}>
      <div className="task-page">
        <LeaveGuard active={guard} />
        <div className="task-sheet form-page">
          {children}
          {shown.fields.editable.length > 0 && shown.decisions.length > 0 ? <Fill draft={draft} shown={shown} /> : null}
          <TaskRecord describe={describe} shown={shown} />
        </div>
        <DecisionBar choices={shown.decisions} busy={decide.isPending} problem={problem} shown={shown} onPress={press} />
        {pressed ? <DecisionDialog task={shown.task.id} choice={pressed.choice} print={pressed.print} approve={shown.decisions.find(({ key }) => key === "approve")} busy={decide.isPending} onClose={() => setPressed(null)} onSend={(given) => void send(pressed, given)} /> : null}
      </div>
    </FilesOfTask>
  );
}

const NEEDS_MORE: ReadonlySet<string> = new Set(["return", "reassign", "add_approver", "ask"]);

/** Whether nothing but a comment could be said with it. */
const isPlain = (choice: DecisionChoice): boolean => !NEEDS_MORE.has(choice.key);

/** What this step asks to be filled in, before everything else. */
function Fill({ draft, shown }: { draft: RecordDraft; shown: TaskJson }) {
  const { t } = useTranslation();
  const keys = draft.describe.order.filter((key) => shown.fields.editable.includes(key));
  const change = (key: string, value: Json) => draft.setValue(key, value);
  return (
    <section className="form-part task-fill" aria-labelledby="task-fill">
      <h2 id="task-fill">{t("tasks.fill")}</h2>
      {draft.ready ? (
        <div className="section-box">
          <div className="fields columns-2">
            {keys.map((key) => {
              const field = draft.describe.fields[key];
              return field ? (
                <FormField
                  key={key}
                  name={key}
                  field={field}
                  value={draft.values[key] ?? null}
                  place={{ app: draft.describe.app, form: draft.describe.key, field: key, record: draft.id }}
                  required={field.required ?? false}
                  readOnly={false}
                  issue={draft.issues.get(key)}
                  autoFocus={false}
                  onChange={change}
                  values={field.type.startsWith("relation") || field.type === "subform" ? draft.values : undefined}
                  lines={draft.lines[key]}
                  lineIssues={draft.lineIssues[key]}
                />
              ) : null;
            })}
          </div>
        </div>
      ) : <div className="section-box"><Skeleton lines={3} /></div>}
    </section>
  );
}

import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { usePrefill, useRunAction, type ActionDone, type Confirmed, type Describe, type RecordAction, type RecordJson } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useDuplicateQuestion } from "../duplicates/useDuplicateQuestion";

const RecordDialog = lazy(() => import("../dialog/RecordDialog"));
const ActionDialog = lazy(() => import("./ActionDialog"));

export interface ActionHandle {
  /** Those that stand on the record now, the ones that stand out first. */
  readonly actions: readonly RecordAction[];
  readonly busy: string | null;
  readonly press: (action: RecordAction) => void;
  /** What an action is asking for at the moment. */
  readonly dialog: ReactNode;
}

/** The buttons of a record: what asks for something opens a dialog, the rest is done at once. */
export function useRecordActions(describe: Describe, record: RecordJson): ActionHandle {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(describe.app);
  const navigate = useNavigate();
  const location = useLocation();
  const [search, setSearch] = useSearchParams();
  const run = useRunAction(describe.app, describe.key, record.id);
  const [asking, setAsking] = useState<RecordAction | null>(null);
  const now = record["$actions"];
  const allowed = Array.isArray(now) ? now : [];
  const actions = describe.record_actions
    .filter((action) => allowed.includes(action.key))
    .toSorted((a, b) => Number(b.primary) - Number(a.primary));
  const done = ({ created }: ActionDone, action: RecordAction): void => {
    setAsking(null);
    const text = created ? t("record.created", { title: created.title || `#${created.id}` }) : t("record.action.done", { action: format.label(action.label) });
    const open = created && { label: t("record.open"), run: () => void navigate(`/a/${created.app}/${created.form}/${created.id}`) };
    showToast(open ? { text, action: open } : { text });
  };
  const perform = (action: RecordAction, confirm?: Confirmed): void =>
    run.mutate(
      { action: action.key, revision: record.revision, values: {}, confirm },
      {
        onSuccess: (answer) => done(answer, action),
        onError: (error) => {
          if (!asked(error, confirm, (anyway) => perform(action, anyway))) showToast({ text: errorText(error) });
        },
      },
    );
  const press = (action: RecordAction): void => {
    // Its dialog has an address of its own.
    if (action.conversion) return setSearch(new URLSearchParams([...search, ["convert", action.conversion]]), { state: location.state as unknown });
    // What may fail for want of a value has its dialog open to show it in.
    if (action.kind !== "set" || action.ask.length || action.confirm) return setAsking(action);
    perform(action);
  };
  const close = () => setAsking(null);
  const dialog = asking ? (
    <Suspense fallback={null}>
      {asking.kind === "create" ? (
        <CreateByAction describe={describe} record={record} action={asking} onClose={close} onDone={(answer) => done(answer, asking)} />
      ) : (
        <ActionDialog describe={describe} record={record} action={asking} onClose={close} onDone={(answer) => done(answer, asking)} />
      )}
    </Suspense>
  ) : null;
  return { actions, busy: run.isPending ? run.variables.action : null, press, dialog };
}

interface CreateProps {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly action: RecordAction;
  readonly onClose: () => void;
  readonly onDone: (done: ActionDone) => void;
}

/** The other form, filled in as the button says; saving goes through the button, which checks its condition again. */
function CreateByAction({ describe, record, action, onClose, onDone }: CreateProps) {
  const format = useFormat();
  const prefill = usePrefill(describe.app, describe.key, record.id, action.key, true);
  const run = useRunAction(describe.app, describe.key, record.id);
  const done = useRef<ActionDone | null>(null);
  if (!prefill.data) return null;
  return (
    <RecordDialog
      app={describe.app}
      form={action.form}
      title={format.label(action.label)}
      prefill={prefill.data.values}
      create={async (values, confirm) => {
        done.current = await run.mutateAsync({ action: action.key, revision: record.revision, values, confirm });
        return done.current.created ?? record;
      }}
      onClose={onClose}
      onSaved={() => {
        if (done.current) onDone(done.current);
      }}
    />
  );
}

import { Button } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { ApiError, proposedIn, useCopy, useCreateRecord, useDescribe, type Describe, type Json, type RecordJson, type Values } from "@/api";
import { describeLimited } from "@/model/limits";
import { copiedValues, sentValues } from "@/model/draft";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useTitle } from "@/ui/useTitle";
import { FormFrame } from "./FormFrame";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { useOwnRecord } from "./useOwnRecord";
import { useRecordDraft } from "./useRecordDraft";
import { useSave } from "./useSave";
import "./record.css";

/** What a page that leads here may bring along. */
export interface CreateState {
  /** First values, for instance the parent record. */
  readonly prefill?: Values;
  /** Where to go afterwards instead of to the new record. */
  readonly back?: string;
}

const NOTHING: Values = {};

export function CreatePage() {
  const { app = "", form = "" } = useParams();
  const { t } = useTranslation();
  const describe = useDescribe(app, form);
  const [search] = useSearchParams();
  const copyOf = Number(search.get("copy")) || undefined;
  const copy = useCopy(app, form, copyOf);
  const [round, setRound] = useState(0);
  if (describe.isPending || (copyOf !== undefined && copy.isPending)) return <Skeleton />;
  if (describe.isError) return <ErrorView error={describe.error} onRetry={describe.refetch} />;
  if (copy.isLoadingError) return <ErrorView error={copy.error} onRetry={copy.refetch} />;
  if (!describe.data.actions.includes("create")) return <ErrorView error={new ApiError(403, "forbidden", t("record.noCreate"))} />;
  return <CreateForm key={`${app}/${form}/${copyOf}/${round}`} describe={describeLimited(describe.data, describe.data.new)} copyOf={copyOf} copied={copy.data?.values ?? NOTHING} onAgain={() => setRound(round + 1)} />;
}

/** First values in the address: ?set.account=12 */
function useAddressValues(describe: Describe): Values {
  const [search] = useSearchParams();
  return useMemo(() => {
    const values: Record<string, Json> = {};
    for (const [name, text] of search) {
      const key = name.startsWith("set.") ? name.slice(4) : "";
      const field = describe.fields[key];
      if (field) values[key] = /^\d+$/.test(text) && ["relation", "user", "department", "organisation"].includes(field.type) ? Number(text) : text;
    }
    return values;
  }, [describe, search]);
}

interface FormProps {
  readonly describe: Describe;
  /** The record that this one is a copy of, and what it begins with. */
  readonly copyOf: number | undefined;
  readonly copied: Values;
  readonly onAgain: () => void;
}

function CreateForm({ describe, copyOf, copied, onAgain }: FormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const state = (useLocation().state ?? {}) as CreateState;
  const address = useAddressValues(describe);
  const [prefill] = useState<Values>(() => ({ ...copiedValues(describe, copied), ...address, ...state.prefill }));
  const draft = useRecordDraft(describe, undefined, useOwnRecord(), prefill, copyOf);
  const create = useCreateRecord(describe.app, describe.key, copyOf);
  const { save, saving, problem } = useSave(draft);
  const saved = useRef(false);
  const dirty = draft.dirty;
  const guard = useCallback(() => dirty && !saved.current, [dirty]);
  const title = t("record.newTitle", { form: format.label(describe.label) });
  const list = `/a/${describe.app}/${describe.key}`;
  useTitle(title);
  const run = (after: (record: RecordJson) => void) =>
    void save(
      (confirm) => create.mutateAsync({ values: sentValues(draft.changed), confirm }),
      (record) => {
        saved.current = true;
        after(record);
      },
    );
  const open = (record: RecordJson) => {
    const run = proposedIn(record);
    void navigate(state.back ?? (run === undefined ? `${list}/${record.id}` : `/tasks/runs/${run}`), { replace: true });
  };
  const again = (record: RecordJson) => {
    if (proposedIn(record) === undefined) showToast({ text: t("record.created", { title: record.title || `#${record.id}` }), action: { label: t("record.open"), run: () => void navigate(`${list}/${record.id}`) } });
    onAgain();
  };
  return (
    <>
      <LeaveGuard active={guard} />
      <FormFrame
        title={title}
        draft={draft}
        saving={saving}
        problem={problem}
        onSave={() => run(open)}
        onCancel={() => void navigate(state.back ?? list)}
        extra={<Button className="form-again" disabled={saving} onClick={() => run(again)}>{t("record.saveAndNew")}</Button>}
      />
    </>
  );
}

import { useNavigate, useParams, useSearchParams, useLocation } from "react-router";
import { ApiError, useDescribe, useRecord, type Describe } from "@/api";
import { useMemo } from "react";
import { describeLimited, limitsOf } from "@/model/limits";
import { describeHeld } from "@/model/locked";
import { ErrorView, errorStatus } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { EditForm } from "./EditForm";
import { RecordPath } from "./RecordPath";
import { RecordView } from "./RecordView";
import "./record.css";

/** One record: shown, or with ?edit=1 as a form. */
export function RecordPage() {
  const { app = "", form = "", id: idText = "" } = useParams();
  const id = /^\d+$/.test(idText) ? Number(idText) : NaN;
  const describe = useDescribe(app, form);
  if (Number.isNaN(id)) return <ErrorView error={new ApiError(404, "not_found", "")} />;
  if (describe.isError) return <ErrorView error={describe.error} onRetry={describe.refetch} />;
  if (describe.isPending) return <Waiting />;
  return <OneRecord describe={describe.data} id={id} />;
}

const Waiting = () => <div className="record-waiting"><Skeleton lines={8} /></div>;

function OneRecord({ describe: form, id }: { describe: Describe; id: number }) {
  const record = useRecord(form.app, form.key, id);
  const describe = useMemo(() => (record.data ? describeHeld(describeLimited(form, limitsOf(record.data)), record.data) : form), [form, record.data]);
  const navigate = useNavigate();
  const location = useLocation();
  const [search] = useSearchParams();
  useTitle(record.data?.title);
  const key = `${describe.app}/${describe.key}/${id}`;
  const editing = search.get("edit") === "1" && describe.actions.includes("edit");
  const show = (edit: boolean) => {
    const next = new URLSearchParams(search);
    if (edit) next.set("edit", "1");
    else next.delete("edit");
    void navigate({ search: next.toString() }, { replace: !edit, state: location.state as unknown });
  };
  if (record.data && editing) return <EditForm key={key} describe={describe} record={record.data} onDone={() => show(false)} />;
  const failed = record.isError && (!record.data || errorStatus(record.error) === 404);
  return (
    <>
      {editing ? null : <RecordPath key={`${describe.app}/${describe.key}`} describe={describe} id={id} />}
      {failed ? <ErrorView error={record.error} onRetry={record.refetch} /> : record.data ? <RecordView key={key} describe={describe} record={record.data} onEdit={() => show(true)} /> : <Waiting />}
    </>
  );
}

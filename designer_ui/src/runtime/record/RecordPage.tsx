import { useNavigate, useParams, useSearchParams, useLocation } from "react-router";
import { ApiError, useDescribe, useRecord } from "@/api";
import { ErrorView, errorStatus } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { EditForm } from "./EditForm";
import { RecordView } from "./RecordView";
import "./record.css";

/** One record: shown, or with ?edit=1 as a form. */
export function RecordPage() {
  const { app = "", form = "", id: idText = "" } = useParams();
  const id = /^\d+$/.test(idText) ? Number(idText) : NaN;
  const describe = useDescribe(app, form);
  const record = useRecord(app, form, id);
  const navigate = useNavigate();
  const location = useLocation();
  const [search] = useSearchParams();
  useTitle(record.data?.title);
  if (Number.isNaN(id)) return <ErrorView error={new ApiError(404, "not_found", "")} />;
  if (describe.isError) return <ErrorView error={describe.error} onRetry={describe.refetch} />;
  if (record.isError && (!record.data || errorStatus(record.error) === 404)) return <ErrorView error={record.error} onRetry={record.refetch} />;
  if (describe.isPending || record.isPending) return <div className="record-waiting"><Skeleton lines={8} /></div>;
  const editing = search.get("edit") === "1" && describe.data.actions.includes("edit");
  const show = (edit: boolean) => {
    const next = new URLSearchParams(search);
    if (edit) next.set("edit", "1");
    else next.delete("edit");
    void navigate({ search: next.toString() }, { replace: !edit, state: location.state as unknown });
  };
  const key = `${app}/${form}/${id}`;
  return editing ? (
    <EditForm key={key} describe={describe.data} record={record.data} onDone={() => show(false)} />
  ) : (
    <RecordView key={key} describe={describe.data} record={record.data} onEdit={() => show(true)} />
  );
}

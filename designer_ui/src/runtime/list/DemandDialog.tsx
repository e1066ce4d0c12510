/** A save was refused because other fields must be filled too: asks for just those and saves again. */
import { ApiError, type ApiIssue, type Confirmed, type Describe, type Json, type RecordJson, type Values } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDuplicateQuestion } from "../record/duplicates/useDuplicateQuestion";
import { fieldsOf } from "./fields";
import { saveRecord, type Demand } from "./saving";

interface Props {
  readonly describe: Describe;
  readonly demand: Demand;
  /** The saved record, or null when the person gave up. */
  readonly onClose: (saved: RecordJson | null) => void;
}

export function DemandDialog({ describe, demand, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(describe.app);
  const { record } = demand;
  const fields = fieldsOf(describe);
  const [issues, setIssues] = useState<readonly ApiIssue[]>(demand.issues);
  const [extra, setExtra] = useState<Values>({});
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState("");
  const keys = [...new Set(issues.map((issue) => issue.path.split("/")[1] ?? ""))];
  const known = keys.filter((key) => key in fields);
  const rest = issues.filter((issue) => !known.includes(issue.path.split("/")[1] ?? ""));
  const save = async (confirm?: Confirmed): Promise<void> => {
    setSaving(true);
    setProblem("");
    try {
      onClose(await saveRecord(describe.app, describe.key, record, { ...demand.values, ...extra }, confirm));
    } catch (error) {
      setSaving(false);
      if (asked(error, confirm, (anyway) => save(anyway))) return;
      if (error instanceof ApiError && error.issues.length > 0) setIssues(error.issues);
      else setProblem(errorText(error));
    }
  };
  return (
    <Modal
      open
      width={480}
      title={t("list.demand.title")}
      onCancel={() => onClose(null)}
      footer={
        <div className="list-dialog-actions">
          <Link to={`/a/${describe.app}/${describe.key}/${record.id}`}>{t("list.demand.open")}</Link>
          <Button onClick={() => onClose(null)}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={saving} onClick={() => void save()}>
            {t("ui.save")}
          </Button>
        </div>
      }
    >
      <p className="muted">{t("list.demand.text", { title: record.title ?? `#${record.id}` })}</p>
      <div className="list-dialog">
        {known.map((key, index) => (
          <DemandField
            key={key}
            describe={describe}
            field={key}
            record={record}
            first={index === 0}
            value={extra[key] ?? record[key] ?? null}
            message={issues.find((issue) => issue.path.split("/")[1] === key)?.message ?? ""}
            onChange={(value) => setExtra({ ...extra, [key]: value })}
          />
        ))}
        {[...rest.map((issue) => issue.message), ...(problem ? [problem] : [])].map((message) => (
          <p className="list-problem" role="alert" key={message}>{message}</p>
        ))}
      </div>
    </Modal>
  );
}

function DemandField({ describe, field: key, record, first, value, message, onChange }: {
  describe: Describe;
  field: string;
  record: RecordJson;
  first: boolean;
  value: Json;
  message: string;
  onChange: (value: Json) => void;
}) {
  const format = useFormat();
  const field = fieldsOf(describe)[key];
  if (!field) return null;
  const id = `demand-${key}`;
  return (
    <div className="list-field">
      <label htmlFor={id}>{format.label(field.label) || key}</label>
      <FieldInput
        id={id}
        value={value}
        onChange={onChange}
        field={field}
        place={{ app: describe.app, form: describe.key, field: key, record: record.id }}
        describedBy={`${id}-problem`}
        autoFocus={first}
        invalid={value === null}
      />
      <span id={`${id}-problem`} className="list-problem">{value === null ? message : ""}</span>
    </div>
  );
}

/** Sets one field of many records in one call: all of them or none. */
import { ApiError, useRefreshRecords, type ApiIssue, type Describe, type Json, type RecordJson } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { sentValue } from "@/model/draft";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Interrupted, sendBatches } from "./batches";
import { editableInList, fieldOrder, fieldsOf } from "./fields";
import { FieldSelect } from "./filter/FieldSelect";

interface Props {
  readonly describe: Describe;
  readonly records: readonly RecordJson[];
  readonly onClose: (done: boolean) => void;
}

const MOST_SHOWN = 5;

export function BatchDialog({ describe, records, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const fields = fieldsOf(describe);
  const editable = fieldOrder(describe).filter((key) => editableInList(describe, key));
  const [key, setKey] = useState<string | undefined>(undefined);
  const [value, setValue] = useState<Json>(null);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = key === undefined ? undefined : fields[key];
  const save = async (): Promise<void> => {
    if (key === undefined) return;
    setSaving(true);
    try {
      await sendBatches(describe.app, describe.key, records, (part) => ({
        update: part.map(({ id, revision }) => ({ id, revision, [key]: sentValue(value) })),
      }));
      announce(t("list.batch.done", { count: records.length, shown: format.number(records.length) }));
      void refresh();
      onClose(true);
    } catch (error) {
      setSaving(false);
      setFailure(failureOf(error, errorText));
      void refresh();
    }
  };
  return (
    <Modal
      open
      width={480}
      title={t("list.batch.title", { count: records.length, shown: format.number(records.length) })}
      okText={t("list.batch.save")}
      cancelText={t("ui.cancel")}
      okButtonProps={{ disabled: key === undefined || (failure?.done ?? 0) > 0 }}
      confirmLoading={saving}
      onOk={() => void save()}
      onCancel={() => onClose(false)}
    >
      <div className="list-dialog">
        <div className="list-field">
          <span className="list-fieldname">{t("list.batch.field")}</span>
          <FieldSelect
            fields={fields}
            keys={editable}
            value={key}
            label={t("list.batch.field")}
            placeholder={t("list.filter.choose")}
            onChange={(next) => {
              setKey(next);
              setValue(null);
              setFailure(null);
            }}
          />
        </div>
        {key !== undefined && field ? (
          <div className="list-field">
            <label htmlFor="batch-value">{t("list.batch.value")}</label>
            <FieldInput
              key={key}
              id="batch-value"
              value={value}
              onChange={setValue}
              field={field}
              place={{ app: describe.app, form: describe.key, field: key }}
            />
          </div>
        ) : null}
        {failure ? <FailureNote failure={failure} /> : null}
      </div>
    </Modal>
  );
}

interface Failure {
  /** How many records had been changed before. */
  readonly done: number;
  readonly problems: readonly string[];
}

function failureOf(error: unknown, errorText: (error: unknown) => string): Failure {
  if (!(error instanceof Interrupted)) return { done: 0, problems: [errorText(error)] };
  const { done, records, reason } = error;
  const issues = reason instanceof ApiError ? reason.issues : [];
  return { done, problems: issues.length > 0 ? issues.map((issue) => describeIssue(issue, records)) : [errorText(reason)] };
}

/** `/update/3/company` says which record; the person knows it by its title. */
function describeIssue(issue: ApiIssue, records: readonly RecordJson[]): string {
  const title = records[Number(issue.path.split("/")[2])]?.title;
  return title ? `${title}: ${issue.message}` : issue.message;
}

function FailureNote({ failure: { done, problems } }: { failure: Failure }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="alert" className="list-problems">
      <p>{done === 0 ? t("list.batch.refused") : t("list.batch.stopped", { count: done, shown: format.number(done) })}</p>
      <ul>
        {problems.slice(0, MOST_SHOWN).map((problem) => (
          <li key={problem} className="list-problem">{problem}</li>
        ))}
      </ul>
      {problems.length > MOST_SHOWN ? <p>{t("list.batch.others", { count: problems.length - MOST_SHOWN })}</p> : null}
    </div>
  );
}

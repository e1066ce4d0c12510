import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { proposedIn, useCreateRecord, useDescribe, type Describe } from "@/api";
import type { CreateRequest } from "@/catalogue/createRelated";
import { sentValues } from "@/model/draft";
import { describeLimited } from "@/model/limits";
import { matchesByField } from "@/model/duplicates";
import { namedBy, quickFields } from "@/model/quickFields";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { FormField } from "./FormField";
import { DuplicateHint } from "./duplicates/DuplicateHint";
import { useRecordDraft } from "./useRecordDraft";
import { useSave } from "./useSave";

interface Props {
  readonly request: CreateRequest;
  readonly onClose: () => void;
}

/** A small form in a dialog for a record that a picker misses; what was typed there is its name already. */
export function QuickCreate({ request, onClose }: Props) {
  const describe = useDescribe(request.app, request.form);
  if (describe.data) return <QuickForm describe={describeLimited(describe.data, describe.data.new)} request={request} onClose={onClose} />;
  return (
    <Modal open title="…" onCancel={onClose} footer={null}>
      {describe.isError ? <ErrorView part error={describe.error} onRetry={describe.refetch} /> : <Skeleton lines={3} />}
    </Modal>
  );
}

function QuickForm({ describe, request, onClose }: Props & { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [prefill] = useState(() => namedBy(describe, request.typed));
  const draft = useRecordDraft(describe, undefined, {}, prefill);
  const create = useCreateRecord(describe.app, describe.key);
  const { save, saving, problem } = useSave(draft);
  const keys = quickFields(describe);
  const matches = matchesByField(draft.matches, (key) => keys.includes(key));
  const run = () =>
    void save(
      (confirm) => create.mutateAsync({ values: sentValues(draft.changed), confirm }),
      (record) => {
        if (proposedIn(record) === undefined) request.onCreated({ id: record.id, title: record.title });
        onClose();
      },
    );
  return (
    <Modal
      open
      title={t("record.newTitle", { form: format.label(describe.label) })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={saving} onClick={run}>{t("record.quick.create")}</Button>
        </>
      }
    >
      <form
        className="quick-form"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          run();
        }}
      >
        {keys.map((key, place) => {
          const field = describe.fields[key];
          const state = draft.stateOf(key);
          if (!field || !state.visible) return null;
          return (
            <FormField
              key={key}
              name={key}
              field={field}
              value={draft.values[key] ?? null}
              place={{ app: describe.app, form: describe.key, field: key }}
              required={state.required}
              readOnly={state.read_only}
              issue={draft.issues.get(key)}
              compared={describe.duplicates.includes(key)}
              matches={matches.get(key)}
              lines={undefined}
              lineIssues={undefined}
              autoFocus={place === 0}
              onChange={draft.setValue}
              values={field.type.startsWith("relation") ? draft.values : undefined}
            />
          );
        })}
        <button type="submit" hidden />
      </form>
      <DuplicateHint app={describe.app} matches={matches.get("")} />
      <p className="form-help">{t("record.quick.help")}</p>
      <p role="alert" className="form-issue">{problem}</p>
    </Modal>
  );
}

import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeList, type Confirmed, type Describe, type FieldInfo, type Json, type RecordJson, type RelatedInfo } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { recordIds } from "@/model/relation";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { useDuplicateQuestion } from "./duplicates/useDuplicateQuestion";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly related: RelatedInfo;
  readonly onClose: () => void;
}

/** Puts existing records into a related list. */
export function LinkDialog({ describe, record, related, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(related.app);
  const [chosen, setChosen] = useState<Json>(null);
  const change = useChangeList(describe.app, describe.key, record);
  const title = format.label(related.label);
  const field: FieldInfo = {
    type: related.single ? "relation" : "relations",
    label: related.label,
    settings: { form: related.form },
  };
  const ids = recordIds(chosen);
  const link = (confirm?: Confirmed) =>
    change.mutate({ list: related.key, add: ids, confirm }, { onSuccess: onClose, onError: (error) => void asked(error, confirm, link) });
  return (
    <Modal
      open
      title={t("record.link.title", { list: title })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={ids.length === 0} loading={change.isPending} onClick={() => link()}>{t("record.link.link")}</Button>
        </>
      }
    >
      {/* Its list stays open for more records: it has room above the buttons, and Tab leaves it instead of choosing. */}
      <div className="link-records" onKeyDownCapture={(event) => event.key === "Tab" && event.stopPropagation()}>
        <FieldInput
          id="link-records"
          value={chosen}
          onChange={setChosen}
          field={field}
          // Any record of the other form may be linked: it is not this relation that chooses.
          place={{ app: related.app, form: related.form, field: "" }}
          label={title}
          autoFocus
        />
        <p className="form-help">{t(related.type === "relations" ? "record.link.helpMany" : "record.link.help")}</p>
      </div>
      <p role="alert" className="form-issue">{change.isError ? errorText(change.error) : ""}</p>
    </Modal>
  );
}

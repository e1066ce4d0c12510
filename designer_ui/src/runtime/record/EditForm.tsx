import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUpdateRecord, type Describe, type RecordJson, type Values } from "@/api";
import { sentValues } from "@/model/draft";
import { announce } from "@/ui/announce";
import { ConflictDialog } from "./ConflictDialog";
import { FormFrame } from "./FormFrame";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { useRecordDraft } from "./useRecordDraft";
import { useSave } from "./useSave";

const NOTHING: Values = {};

/** The record as a form. It keeps comparing with the version it began from, whatever is saved meanwhile. */
export function EditForm({ describe, record, onDone }: { describe: Describe; record: RecordJson; onDone: () => void }) {
  const { t } = useTranslation();
  const [base, setBase] = useState(record);
  const [conflict, setConflict] = useState<RecordJson | null>(null);
  const draft = useRecordDraft(describe, record.id, base, NOTHING);
  const update = useUpdateRecord(describe.app, describe.key, record.id);
  const { save, saving, problem } = useSave(draft, setConflict);
  const saved = useRef(false);
  const dirty = draft.dirty;
  const guard = useCallback(() => dirty && !saved.current, [dirty]);
  const finish = () => {
    saved.current = true;
    announce(t("record.saved"));
    onDone();
  };
  const send = (revision: number, values: Values) => {
    if (Object.keys(values).length === 0) return finish();
    void save((confirm) => update.mutateAsync({ revision, values: sentValues(values), confirm }), finish);
  };
  return (
    <>
      <LeaveGuard active={guard} />
      <FormFrame
        title={t("record.editTitle", { title: record.title || `#${record.id}` })}
        draft={draft}
        saving={saving}
        problem={problem}
        onSave={() => send(base.revision, draft.changed)}
        onCancel={onDone}
      />
      {conflict ? (
        <ConflictDialog
          describe={describe}
          base={base}
          mine={draft.changed}
          current={conflict}
          onCancel={() => setConflict(null)}
          onSettle={(mine) => {
            setConflict(null);
            setBase(conflict);
            draft.setTouched(mine);
            send(conflict.revision, mine);
          }}
        />
      ) : null}
    </>
  );
}

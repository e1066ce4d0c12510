import { useRef, useState } from "react";
import { ApiError, type Confirmed, type RecordJson } from "@/api";
import { issuesByField } from "@/model/draft";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useDuplicateQuestion } from "./duplicates/useDuplicateQuestion";
import { focusFirstIssue } from "./FormFrame";
import type { RecordDraft } from "./useRecordDraft";

/** Runs a save and sorts its refusal: messages to their fields, the rest to the bar. */
export function useSave(draft: RecordDraft, onConflict?: (current: RecordJson) => void) {
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(draft.describe.app);
  const [problem, setProblem] = useState("");
  const [saving, setSaving] = useState(false);
  const running = useRef(false);
  const save = async <Saved,>(call: (confirm: Confirmed) => Promise<Saved>, done: (record: Saved) => void, confirm?: Confirmed): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setSaving(true);
    setProblem("");
    try {
      done(await call(confirm));
    } catch (error) {
      if (error instanceof ApiError && error.code === "stale_revision" && onConflict) {
        onConflict(error.details["current"] as RecordJson);
        return;
      }
      if (asked(error, confirm, (anyway) => void save(call, done, anyway))) return;
      const all = error instanceof ApiError ? error.issues : [];
      const issues = issuesByField(all, draft.describe.fields);
      const known = new Map([...issues].filter(([key]) => key in draft.describe.fields || key in draft.describe.system_fields));
      const hidden = [...issues].filter(([key]) => !known.has(key) || !draft.stateOf(key).visible).map(([, message]) => message);
      draft.setIssues(known, all);
      const text = hidden[0] ?? (known.size ? "" : errorText(error));
      setProblem(text);
      if (text) announce(text);
      focusFirstIssue(known);
    } finally {
      running.current = false;
      setSaving(false);
    }
  };
  return { save, saving, problem };
}

/** What somebody is doing to one computed field, and how it gets into the draft of the app. */
import { fieldOf, isKey, keyFrom, sameJson, type FieldBody } from "@/model/design/formulas";
import { useState } from "react";
import { draftInTheWay, useChangeDraft, type Draft } from "../draft";

export interface FieldEdit {
  readonly en: string;
  readonly zh: string;
  /** Of a new field; null while it follows the label. */
  readonly key: string | null;
  readonly result: string;
  readonly formula: string;
}

export type Missing = "label" | "key" | "taken" | "formula";

interface Options {
  readonly app: string;
  readonly form: string;
  /** Null: the field does not exist yet. */
  readonly field: string | null;
  readonly draft: Draft;
  readonly body: FieldBody;
}

export function useFieldDraft({ app, form, field, draft, body: opened }: Options) {
  const change = useChangeDraft(app);
  const [base, setBase] = useState(opened);
  const [edit, setEdit] = useState<FieldEdit>(() => editOf(opened));
  const taken = new Set(Object.keys(draft.document.forms?.[form]?.fields ?? {}));
  const key = field ?? edit.key ?? keyFrom(edit.en || edit.zh, taken);
  const body = bodyOf(base, edit);
  const dirty = !sameJson(body, base);
  /** Puts the field into the draft; false when it was not accepted. */
  const save = async (): Promise<boolean> => {
    let revision = draft.revision;
    for (;;) {
      try {
        await change.mutateAsync({ changes: [{ path: `/forms/${form}/fields/${key}`, value: body as never }], revision });
        return true;
      } catch (error) {
        const current = draftInTheWay(error);
        const theirs = current ? (fieldOf(current.document, form, key) ?? null) : null;
        // Somebody changed another part of the draft: that stays, and this goes beside it.
        if (!current || current.revision === revision || !sameJson(theirs, field === null ? null : base)) return false;
        revision = current.revision;
      }
    }
  };
  /** Goes on from what somebody else saved: with their formula, or with one's own over it. */
  const settle = (keep: "mine" | "theirs"): void => {
    const theirs = fieldOf(draft.document, form, key);
    change.reset();
    if (!theirs) return;
    setBase(theirs);
    if (keep === "theirs") setEdit(editOf(theirs));
  };
  return {
    edit,
    key,
    body,
    dirty,
    missing: missingOf(edit, key, field === null ? taken : new Set<string>()),
    set: (part: Partial<FieldEdit>) => setEdit((before) => ({ ...before, ...part })),
    save,
    saving: change.isPending,
    error: change.error,
    contested: draftInTheWay(change.error) !== null,
    settle,
  };
}

function editOf(body: FieldBody): FieldEdit {
  return { en: body.label?.en ?? "", zh: body.label?.zh ?? "", key: null, result: body.result ?? "number", formula: body.formula ?? "" };
}

/** The field with what was edited; all else of it stays. */
function bodyOf(base: FieldBody, { en, zh, result, formula }: FieldEdit): FieldBody {
  const label = { ...(en.trim() ? { en: en.trim() } : {}), ...(zh.trim() ? { zh: zh.trim() } : {}) };
  return { ...base, label, result, formula: formula.trim() };
}

function missingOf({ en, zh, formula }: FieldEdit, key: string, taken: ReadonlySet<string>): readonly Missing[] {
  return [
    ...(en.trim() || zh.trim() ? [] : ["label" as const]),
    ...(isKey(key) ? (taken.has(key) ? ["taken" as const] : []) : ["key" as const]),
    ...(formula.trim() ? [] : ["formula" as const]),
  ];
}

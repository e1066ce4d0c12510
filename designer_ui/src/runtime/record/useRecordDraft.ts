import { useCallback, useEffect, useMemo, useState } from "react";
import type { Describe, FieldState, Json, Values } from "@/api";
import { changedValues, issuesByField } from "@/model/draft";
import { preloadInputs } from "@/catalogue/registry";
import { useLiveRules } from "./useLiveRules";

export interface RecordDraft {
  readonly describe: Describe;
  readonly id: number | undefined;
  /** Everything as it stands: the record, what the rules gave, what was typed. */
  readonly values: Values;
  /** Only what the person changed. */
  readonly changed: Values;
  readonly dirty: boolean;
  readonly ready: boolean;
  readonly issues: ReadonlyMap<string, string>;
  readonly setValue: (key: string, value: Json) => void;
  readonly setTouched: (values: Values) => void;
  readonly setIssues: (issues: ReadonlyMap<string, string>) => void;
  readonly stateOf: (key: string) => Required<FieldState>;
  readonly sectionVisible: (key: string) => boolean;
}

const NO_ISSUES: ReadonlyMap<string, string> = new Map();

/** Whether the code of all the form's inputs has arrived. If fetching fails, drawing them tries again and says so. */
function useInputs(describe: Describe): boolean {
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    let current = true;
    const finish = () => {
      if (current) setLoaded(true);
    };
    preloadInputs(Object.values(describe.fields).map((field) => field.type)).then(finish, finish);
    return () => {
      current = false;
    };
  }, [describe]);
  return loaded;
}

/** What somebody is typing into a record's form, with the live rules applied. */
export function useRecordDraft(describe: Describe, id: number | undefined, base: Values, prefill: Values): RecordDraft {
  const [touched, setTouched] = useState<Values>(prefill);
  const [saveIssues, setSaveIssues] = useState(NO_ISSUES);
  const changed = useMemo(() => (id === undefined ? touched : changedValues(base, touched)), [id, base, touched]);
  const drawable = useInputs(describe);
  const { prepared, ready } = useLiveRules({ app: describe.app, form: describe.key, id, live: describe.live }, changed);
  const values = useMemo(() => {
    const given = Object.entries(prepared.values).filter(([key]) => !(key in touched) || describe.fields[key]?.read_only);
    return { ...base, ...touched, ...Object.fromEntries(given) };
  }, [base, touched, prepared, describe]);
  const issues = useMemo(() => {
    // A live message about a field nobody has touched would scold before anything was typed.
    const live = [...issuesByField(prepared.issues)].filter(([key]) => key in touched);
    return new Map([...live, ...saveIssues]);
  }, [prepared, saveIssues, touched]);
  const setValue = useCallback((key: string, value: Json) => {
    setTouched((before) => ({ ...before, [key]: value }));
    setSaveIssues((before) => {
      if (!before.has(key)) return before;
      const rest = new Map(before);
      rest.delete(key);
      return rest;
    });
  }, []);
  const stateOf = useCallback(
    (key: string): Required<FieldState> => {
      const field = describe.fields[key] ?? describe.system_fields[key];
      const state = prepared.fields[key];
      return {
        visible: state?.visible ?? true,
        required: state?.required ?? field?.required ?? false,
        read_only: (state?.read_only ?? false) || (field?.read_only ?? false),
      };
    },
    [describe, prepared],
  );
  const sectionVisible = useCallback((key: string) => prepared.sections[key]?.visible ?? true, [prepared]);
  const dirty = id === undefined ? Object.keys(changed).some((key) => !(key in prefill) || changed[key] !== prefill[key]) : Object.keys(changed).length > 0;
  return { describe, id, values, changed, dirty, ready: ready && drawable, issues, setValue, setTouched, setIssues: setSaveIssues, stateOf, sectionVisible };
}

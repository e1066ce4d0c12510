import { useCallback, useEffect, useMemo, useState } from "react";
import type { Describe, FieldState, Json, Values } from "@/api";
import { changedValues, issuesByField } from "@/model/draft";
import { preloadInputs } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { useLiveProgram } from "./useLiveProgram";
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

/** Those of the values whose keys others have, too. */
function pick(values: Values, keys: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in keys));
}

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

/**
 * What somebody is typing into a record's form, with the live rules applied: what the browser computes itself stands
 * there at once and is never replaced by an answer of the server, which tells the rest.
 */
export function useRecordDraft(describe: Describe, id: number | undefined, base: Values, prefill: Values): RecordDraft {
  const format = useFormat();
  const [touched, setTouched] = useState<Values>(prefill);
  const [saveIssues, setSaveIssues] = useState(NO_ISSUES);
  const isNew = id === undefined;
  const changed = useMemo(() => (isNew ? touched : changedValues(base, touched)), [isNew, base, touched]);
  const drawable = useInputs(describe);
  const live = useLiveProgram(describe);
  const reasons = useMemo(() => {
    if (!live) return live === undefined && !isNew && describe.program?.complete ? null : changed;
    const { engine, program } = live;
    const found = { ...pick(changed, prefill), ...engine.valuesToAsk(describe, program, isNew, changed) };
    return isNew || !program.complete || Object.keys(found).length > 0 ? found : null;
  }, [live, describe, isNew, changed, prefill]);
  const { prepared, ready } = useLiveRules({ app: describe.app, form: describe.key, id, live: describe.live }, changed, reasons);
  const entered = useMemo(() => {
    const given = Object.entries(prepared.values).filter(([key]) => !(key in touched) || describe.fields[key]?.read_only);
    return { ...base, ...touched, ...Object.fromEntries(given) };
  }, [base, touched, prepared, describe]);
  const computed = useMemo(() => {
    if (!live) return null;
    const { engine, program } = live;
    return engine.compute({ describe, program, isNew, values: entered, base, changed, prepared, now: new Date() });
  }, [live, describe, isNew, entered, base, changed, prepared]);
  const values = useMemo(() => ({ ...entered, ...computed?.values }), [entered, computed]);
  const issues = useMemo(() => {
    const told = live ? live.engine.issuesOfServer(live.program, prepared.issues) : prepared.issues;
    const own = new Map((computed?.issues ?? []).toReversed().map(({ field, message }) => [field, format.label(message)]));
    // A live message about a field nobody has touched would scold before anything was typed.
    const shown = [...own, ...issuesByField(told)].filter(([key]) => key in touched);
    return new Map([...shown, ...saveIssues]);
  }, [live, prepared, computed, saveIssues, touched, format]);
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
      const state = computed?.fields[key] ?? prepared.fields[key];
      return {
        visible: state?.visible ?? true,
        required: state?.required ?? field?.required ?? false,
        read_only: (state?.read_only ?? false) || (field?.read_only ?? false),
      };
    },
    [describe, prepared, computed],
  );
  const sectionVisible = useCallback((key: string) => (computed?.sections[key] ?? prepared.sections[key])?.visible ?? true, [prepared, computed]);
  const dirty = isNew ? Object.keys(changed).some((key) => !(key in prefill) || changed[key] !== prefill[key]) : Object.keys(changed).length > 0;
  return { describe, id, values, changed, dirty, ready: ready && drawable && live !== undefined, issues, setValue, setTouched, setIssues: setSaveIssues, stateOf, sectionVisible };
}

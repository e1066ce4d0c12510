import { useCallback, useEffect, useMemo, useState } from "react";
import type { ApiIssue, Describe, DuplicateMatch, FieldState, Json, Values } from "@/api";
import { preloadInputs } from "@/catalogue/registry";
import { changedValues, issuesByField } from "@/model/draft";
import { lineFields, lineIssuesOf, messagesOf, NO_LINE_ISSUES, shownAsEntered, subformsOf, withLineIssues, type LineIssues, type ShownLines } from "@/model/lines";
import { useFormat } from "@/ui/format";
import { useDuplicateHint } from "./duplicates/useDuplicateHint";
import { subformValue, useDraftLines } from "./useDraftLines";
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
  /** Records that what was typed probably is. */
  readonly matches: readonly DuplicateMatch[];
  /** The lines of every subform as they are shown, and what the server said against them. */
  readonly lines: ShownLines;
  readonly lineIssues: Readonly<Record<string, LineIssues>>;
  readonly setValue: (key: string, value: Json) => void;
  readonly setTouched: (values: Values) => void;
  /** What a save was refused for: messages by field, and all of them for those about lines. */
  readonly setIssues: (issues: ReadonlyMap<string, string>, all: readonly ApiIssue[]) => void;
  readonly stateOf: (key: string) => Required<FieldState>;
  readonly sectionVisible: (key: string) => boolean;
}

interface Refusal {
  readonly issues: ReadonlyMap<string, string>;
  readonly lines: Readonly<Record<string, LineIssues>>;
}

const NO_REFUSAL: Refusal = { issues: new Map(), lines: {} };

/** The problems with the lines of each subform. */
function lineIssuesByField(describe: Describe, issues: readonly ApiIssue[], sent: Values): Record<string, LineIssues> {
  return Object.fromEntries(subformsOf(describe).map(([key]) => [key, lineIssuesOf(issues, key, sent[key])]));
}

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
    const fields = Object.values(describe.fields).flatMap((field) => [field, ...Object.values(lineFields(field).fields)]);
    preloadInputs(fields.map((field) => field.type)).then(finish, finish);
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
export function useRecordDraft(describe: Describe, id: number | undefined, base: Values, prefill: Values, copyOf?: number): RecordDraft {
  const format = useFormat();
  const [touched, setTouched] = useState<Values>(prefill);
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const isNew = id === undefined;
  const changed = useMemo(() => (isNew ? touched : changedValues(base, touched, describe.fields)), [isNew, base, touched, describe]);
  const drawable = useInputs(describe);
  const live = useLiveProgram(describe);
  const reasons = useMemo(() => {
    if (!live) return live === undefined && !isNew && describe.program?.complete ? null : changed;
    const { engine, program } = live;
    const found = { ...pick(changed, prefill), ...engine.valuesToAsk(describe, program, isNew, changed) };
    const isComplete = program.complete && subformsOf(describe).every(([, field]) => field.live?.complete ?? true);
    return isNew || !isComplete || Object.keys(found).length > 0 ? found : null;
  }, [live, describe, isNew, changed, prefill]);
  const rules = useLiveRules({ app: describe.app, form: describe.key, id, copyOf, live: describe.live }, changed, reasons);
  const { prepared, ready } = rules;
  const entered = useMemo(() => {
    const given = Object.entries(prepared.values).filter(([key]) => !(key in touched) || describe.fields[key]?.read_only);
    const subforms = subformsOf(describe).map(([key, field]) => [key, subformValue(key, field, base, touched, prepared.values)]);
    return { ...base, ...touched, ...Object.fromEntries(given), ...Object.fromEntries(subforms) } as Values;
  }, [base, touched, prepared, describe]);
  const drafted = useDraftLines(describe, base, touched, rules);
  const computed = useMemo(() => {
    if (!live) return null;
    const { engine, program } = live;
    return engine.compute({ describe, program, isNew, values: entered, base, changed, prepared, lines: drafted, now: new Date() });
  }, [live, describe, isNew, entered, base, changed, prepared, drafted]);
  const values = useMemo(() => ({ ...entered, ...computed?.values }), [entered, computed]);
  const lines = useMemo(
    () => computed?.lines ?? Object.fromEntries(Object.entries(drafted).map(([key, found]) => [key, shownAsEntered(found)])),
    [computed, drafted],
  );
  const told = useMemo(() => (live ? live.engine.issuesOfServer(live.program, prepared.issues) : prepared.issues), [live, prepared]);
  const lineIssues = useMemo(() => {
    const live = lineIssuesByField(describe, told, rules.asked);
    return Object.fromEntries(Object.entries(live).map(([key, found]) => [key, withLineIssues(refusal.lines[key] ?? NO_LINE_ISSUES, found)]));
  }, [describe, told, rules.asked, refusal]);
  const hint = useDuplicateHint(describe, id, { base, values, changed });
  const issues = useMemo(() => {
    const own = new Map((computed?.issues ?? []).toReversed().map(({ field, message }) => [field, format.label(message)]));
    // A live message about a field nobody has touched would scold before anything was typed.
    const shown = [...issuesByField(hint.issues), ...own, ...issuesByField(told, describe.fields)].filter(([key]) => key in touched);
    const found = new Map([...shown, ...refusal.issues]);
    for (const [key, ofLines] of Object.entries(lineIssues)) {
      if (found.get(key) === "" && !lines[key]?.some(({ line }) => messagesOf(line, ofLines).size > 0)) found.delete(key);
    }
    return found;
  }, [describe, told, computed, hint, refusal, touched, format, lineIssues, lines]);
  const setValue = useCallback((key: string, value: Json) => {
    setTouched((before) => ({ ...before, [key]: value }));
    setRefusal((before) => {
      // What was said of lines goes by what is changed in them.
      if (!before.issues.get(key)) return before;
      const rest = new Map(before.issues);
      rest.delete(key);
      return { ...before, issues: rest };
    });
  }, []);
  const setIssues = useCallback(
    (found: ReadonlyMap<string, string>, all: readonly ApiIssue[]) => setRefusal({ issues: found, lines: lineIssuesByField(describe, all, changed) }),
    [describe, changed],
  );
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
  return { describe, id, values, changed, dirty, ready: ready && drawable && live !== undefined, issues, matches: hint.matches, lines, lineIssues, setValue, setTouched, setIssues, stateOf, sectionVisible };
}

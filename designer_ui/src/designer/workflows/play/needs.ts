/** What a workflow looks at of its record, and of the records around it, to decide how it goes on. */
import type { AppDocument, FieldBody } from "@/model/design/formulas";
import { armsOf, nodesOf, type Workflow, type WorkflowNode } from "@/model/workflows";
import { formBehind } from "../document";

export interface Need {
  readonly key: string;
  /** A value somebody types; a related record; a list of such; the lines of a subform. */
  readonly kind: "value" | "record" | "list" | "lines";
  readonly label: FieldBody["label"];
  readonly body: FieldBody | undefined;
  readonly inner: readonly Need[];
}

interface Growing {
  kind: Need["kind"];
  label: FieldBody["label"];
  body: FieldBody | undefined;
  inner: Map<string, Growing>;
}

/** Formulas that look at formulas are followed so far. */
const DEEPEST = 8;
const PATH = /\{([A-Za-z$][\w.$]*)\}/g;

type Fields = Readonly<Record<string, FieldBody>>;

/** Where a path is: the fields there, which form's they are (none of lines), and how one got there. */
interface Place {
  readonly fields: Fields;
  readonly form: string | undefined;
  readonly around: Place | null;
  readonly into: Map<string, Growing>;
}

export const pathsIn = (text: string | undefined): readonly string[] => [...(text ?? "").matchAll(PATH)].map(([, path]) => path ?? "");

/** Every expression that decides where a node leads, or gives a value that a later one may look at. */
export function expressionsOf(node: WorkflowNode): readonly string[] {
  const values = node.type === "set_fields" ? Object.values(node.values ?? {}) : [];
  return [...armsOf(node).map(([, { when }]) => when), node.condition, node.until, ...Object.keys(node.validations ?? {}), ...values].filter((text): text is string => typeof text === "string" && text !== "");
}

export function needsOf(document: AppDocument, workflow: Workflow): readonly Need[] {
  return needsOfTexts(document, workflow.form, Object.values(nodesOf(workflow)).flatMap(expressionsOf));
}

export function needsOfTexts(document: AppDocument, form: string | undefined, texts: readonly string[]): readonly Need[] {
  const into = new Map<string, Growing>();
  const start: Place = { fields: fieldsOf(document, form), form, around: null, into };
  for (const path of texts.flatMap(pathsIn)) grow(document, start, path.split("."), 0);
  return settled(into);
}

const fieldsOf = (document: AppDocument, form: string | undefined): Fields => document.forms?.[form ?? ""]?.fields ?? {};

function grow(document: AppDocument, place: Place, path: readonly string[], depth: number): void {
  const [key = "", ...rest] = path;
  if (key === "$parent") {
    if (place.around) grow(document, place.around, rest, depth);
    return;
  }
  const body = place.fields[key];
  if (depth > DEEPEST || key.startsWith("$")) return;
  if (body?.type === "formula") {
    for (const inner of pathsIn(body.formula)) grow(document, place, inner.split("."), depth + 1);
    return;
  }
  const behind = place.form === undefined ? undefined : formBehind(document, place.form, key);
  if (!body && behind === undefined) return;
  const kind = kindOf(body);
  const found: Growing = place.into.get(key) ?? { kind, label: body?.label ?? document.forms?.[behind ?? ""]?.plural ?? document.forms?.[behind ?? ""]?.label, body, inner: new Map() };
  place.into.set(key, found);
  if (rest.length === 0) return;
  const target = kind === "lines" ? undefined : typeof body?.["form"] === "string" ? body["form"] : behind;
  const fields = kind === "lines" ? ((body?.["fields"] ?? {}) as unknown as Fields) : fieldsOf(document, target);
  grow(document, { fields, form: target, around: kind === "lines" ? place : null, into: found.inner }, rest, depth);
}

function kindOf(body: FieldBody | undefined): Need["kind"] {
  if (!body) return "list";
  return body.type === "relation" ? "record" : body.type === "relations" ? "list" : body.type === "subform" ? "lines" : "value";
}

const settled = (into: ReadonlyMap<string, Growing>): readonly Need[] => [...into].map(([key, { kind, label, body, inner }]) => ({ key, kind, label, body, inner: settled(inner) }));

/** The parts of an app's draft that its workflows name: forms, fields, options, roles. */
import type { Json } from "@/api";
import type { AppDocument, FieldBody } from "@/model/design/formulas";
import type { Words, Workflow, WorkflowNode } from "@/model/workflows";

interface Parts {
  readonly workflows?: Readonly<Record<string, Workflow>>;
  readonly roles?: Readonly<Record<string, { readonly label?: Words }>>;
}

export const workflowsIn = (document: AppDocument | undefined): Readonly<Record<string, Workflow>> => (document as Parts | undefined)?.workflows ?? {};

export const rolesIn = (document: AppDocument): Readonly<Record<string, { readonly label?: Words }>> => (document as Parts).roles ?? {};

export interface FieldChoice {
  readonly key: string;
  readonly label: Words | undefined;
  readonly type: string;
}

/** Fields of a form, with what every record has besides. */
export function fieldsIn(document: AppDocument, form: string | undefined): readonly FieldChoice[] {
  return Object.entries(document.forms?.[form ?? ""]?.fields ?? {}).map(([key, { label, type }]) => ({ key, label, type }));
}

/** Fields of a form, each subform followed by the columns of its lines as "lines.price". */
export function fieldsAndColumns(document: AppDocument, form: string | undefined): readonly FieldChoice[] {
  return fieldsIn(document, form).flatMap((field) => {
    const lines = field.type === "subform" ? document.forms?.[form ?? ""]?.fields?.[field.key]?.["fields"] : undefined;
    const columns = Object.entries((lines ?? {}) as unknown as Readonly<Record<string, FieldBody & { readonly label?: Words; readonly type: string }>>);
    return [field, ...columns.map(([key, { label, type }]) => ({ key: `${field.key}.${key}`, label: joined(field.label, label), type }))];
  });
}

export const OWNER: FieldChoice = { key: "owner", label: { en: "Owner", zh: "负责人" }, type: "user" };

const PEOPLE = new Set(["user", "users", "department", "departments", "organisation"]);

/** Fields of a form that lead to people, also of the records its relations point at. */
export function peopleFields(document: AppDocument, form: string | undefined): readonly FieldChoice[] {
  const own = [OWNER, ...fieldsIn(document, form)];
  const behind = fieldsIn(document, form).filter(({ type }) => type === "relation").flatMap((relation) => {
    const target = document.forms?.[form ?? ""]?.fields?.[relation.key]?.["form"];
    const fields = [OWNER, ...fieldsIn(document, typeof target === "string" ? target : undefined)];
    return fields.map((field) => ({ key: `${relation.key}.${field.key}`, type: field.type, label: joined(relation.label, field.label) }));
  });
  return [...own, ...behind].filter(({ type }) => PEOPLE.has(type));
}

function joined(one: Words | undefined, other: Words | undefined): Words {
  const text = (words: Words | undefined, language: "en" | "zh"): string => words?.[language] ?? words?.en ?? words?.zh ?? "";
  return { en: `${text(one, "en")} › ${text(other, "en")}`, zh: `${text(one, "zh")} › ${text(other, "zh")}` };
}

export interface Choice {
  readonly value: string;
  readonly label: Words | string | undefined;
}

/** Options of a choice field. */
export function optionsIn(document: AppDocument, form: string | undefined, field: string | undefined): readonly Choice[] {
  const options = (document.forms?.[form ?? ""]?.fields?.[field ?? ""] as FieldBody | undefined)?.["options"];
  if (typeof options !== "object" || options === null || Array.isArray(options)) return [];
  return Object.entries(options as Readonly<Record<string, Json>>).map(([value, option]) => ({ value, label: (option as { label?: Words } | null)?.label }));
}

/** Lists of records that point at those of a form. */
export function listsIn(document: AppDocument, form: string | undefined): readonly Choice[] {
  return Object.entries(document.forms ?? {}).flatMap(([other, body]) =>
    Object.entries(body.fields ?? {}).flatMap(([, field]) => {
      const inverse = field["inverse"] as { key?: string; label?: Words } | string | undefined;
      const key = typeof inverse === "string" ? inverse : inverse?.key;
      if (field["form"] !== form || key === undefined) return [];
      return [{ value: key, label: (typeof inverse === "object" ? inverse.label : undefined) ?? body.plural ?? body.label ?? other }];
    }),
  );
}

/** The form whose records are in a list of another one. */
export function formBehind(document: AppDocument, form: string | undefined, list: string | undefined): string | undefined {
  if (list === undefined) return undefined;
  return Object.entries(document.forms ?? {}).find(([, body]) =>
    Object.values(body.fields ?? {}).some((field) => {
      const inverse = field["inverse"] as { key?: string } | string | undefined;
      return field["form"] === form && (typeof inverse === "string" ? inverse : inverse?.key) === list;
    }),
  )?.[0];
}

/** Relations of a form's records to one other. */
export function relationsIn(document: AppDocument, form: string | undefined): readonly Choice[] {
  return fieldsIn(document, form).filter(({ type }) => type === "relation").map(({ key, label }) => ({ value: key, label }));
}

/** The form of the records that a node makes or changes. */
export function targetOf(document: AppDocument, form: string | undefined, node: WorkflowNode): string | undefined {
  if (node.type === "set_fields") return form;
  const linked = node.relation === undefined ? undefined : document.forms?.[form ?? ""]?.fields?.[node.relation]?.["form"];
  return typeof linked === "string" ? linked : (formBehind(document, form, node.list) ?? node.form);
}

/** The workflows that start this one as a part of them. */
export const partOf = (document: AppDocument, workflow: string): readonly Workflow[] => Object.values(workflowsIn(document)).filter((one) => Object.values(one.nodes ?? {}).some((node) => node.workflow === workflow));

/** Whom the parts of an app are shown to: found in a draft, and put back where they stand. */
import type { Json, Label } from "@/api";
import type { AppDocument } from "./formulas";

/** Those who are named by any of the lists. Departments by path, users by e-mail address, organisations by name. */
export interface Audience {
  readonly roles?: readonly string[];
  readonly departments?: readonly string[];
  readonly users?: readonly string[];
  readonly organisations?: readonly string[];
  readonly external?: readonly string[];
}

export const LISTS = ["roles", "departments", "users", "organisations", "external"] as const;

/** A part of an app that is shown to some people; null is for everybody. */
export interface Place {
  /** JSON pointer of the part; "" is the app. */
  readonly path: string;
  readonly kind: "app" | "group" | "item" | "view" | "workflow";
  /** The form that an entry of the menu opens, a view lists, or a workflow is about. */
  readonly form: string | null;
  readonly label: Partial<Label> | null;
  /** The view that an entry of the menu opens. */
  readonly view: Partial<Label> | null;
  /** 1 inside a group of the menu. */
  readonly level: 0 | 1;
  readonly audience: Audience | null;
}

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);
const part = (value: unknown): Part => (isPart(value) ? value : {});
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const labelOf = (value: unknown): Partial<Label> | null => (isPart(value) ? (value as Partial<Label>) : null);
const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** The audience of a part; a draft may be malformed anywhere, and what is no list of names is none. */
function audienceOf(body: Part): Audience | null {
  const written = body["visible_to"];
  if (!isPart(written)) return null;
  return Object.fromEntries(LISTS.flatMap((list) => (Array.isArray(written[list]) ? [[list, listed(written[list]).filter((one) => typeof one === "string")]] : [])));
}

/** The app, the entries of its menu, the views of its forms and its workflows, in their order. */
export function placesIn(document: AppDocument): readonly Place[] {
  const body = document as Part;
  const forms = part(body["forms"]);
  const entry = (value: unknown, path: string, level: 0 | 1): readonly Place[] => {
    if (!isPart(value)) return [];
    const common = { path, level, audience: audienceOf(value) };
    if ("group" in value) {
      const items = listed(value["items"]).flatMap((item, index) => entry(item, `${path}/items/${index}`, 1));
      return [{ ...common, kind: "group", form: null, label: labelOf(value["label"]), view: null }, ...items];
    }
    const form = String(value["form"] ?? "");
    const opened = part(forms[form]);
    const view = value["view"] === undefined ? null : labelOf(part(part(opened["views"])[String(value["view"])])["label"]);
    return [{ ...common, kind: "item", form, label: labelOf(opened["plural"]) ?? labelOf(opened["label"]), view }];
  };
  const views = Object.entries(forms).flatMap(([form, found]) =>
    Object.entries(part(part(found)["views"])).map(([key, view]): Place => ({
      path: `/forms/${escaped(form)}/views/${escaped(key)}`, kind: "view", form, label: labelOf(part(view)["label"]), view: null, level: 0, audience: audienceOf(part(view)),
    })),
  );
  const workflows = Object.entries(part(body["workflows"])).map(([key, found]): Place => ({
    path: `/workflows/${escaped(key)}`, kind: "workflow", form: String(part(found)["form"] ?? ""), label: labelOf(part(found)["label"]), view: null, level: 0, audience: audienceOf(part(found)),
  }));
  return [
    { path: "", kind: "app", form: null, label: labelOf(body["label"]), view: null, level: 0, audience: audienceOf(body) },
    ...listed(body["menu"]).flatMap((one, index) => entry(one, `/menu/${index}`, 0)),
    ...views,
    ...workflows,
  ];
}

/** The change of the draft that shows a part to others. A draft is changed in objects: the menu is written as a whole. */
export function withAudience(document: AppDocument, place: Place, audience: Audience | null): { readonly path: string; readonly value: Json } {
  if (!place.path.startsWith("/menu/")) return { path: `${place.path}/visible_to`, value: audience as Json };
  const menu = structuredClone((document as Part)["menu"]) as Json;
  let entry: unknown = menu;
  for (const step of place.path.split("/").slice(2)) entry = (entry as Record<string, unknown>)[step];
  const written = entry as Record<string, unknown>;
  if (audience === null) delete written["visible_to"];
  else written["visible_to"] = audience;
  return { path: "/menu", value: menu };
}

/** The words for everybody, who is shown a part unless it says otherwise. */
export const everybody = ({ kind }: Place): "everybody" | "everybodyApp" | "everybodyGroup" | "everybodyWorkflow" =>
  kind === "app" ? "everybodyApp" : kind === "group" ? "everybodyGroup" : kind === "workflow" ? "everybodyWorkflow" : "everybody";

/** Without the lists that name nobody. */
export const tidied = (audience: Audience): Audience => Object.fromEntries(LISTS.flatMap((list) => (audience[list]?.length ? [[list, audience[list]]] : [])));

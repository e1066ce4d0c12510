/** The record page as a plan: tabs that hold blocks of fields and related lists, in the order of the layout. */
import type { Describe, Label, LayoutList, LayoutNode, LayoutTab, RelatedInfo } from "@/api";
import { sectionsOf, type SectionPlan } from "./layout";

/** A related list with everything the page needs to draw it. */
export interface ListPlan {
  readonly related: RelatedInfo;
  readonly label: Label;
  readonly display: "table" | "cards";
  readonly columns: readonly string[];
  readonly filter: string | null;
  readonly sort: string | null;
  readonly limit: number;
  readonly summary: readonly { readonly field: string; readonly fn: string }[];
}

export type Block =
  | { readonly kind: "fields"; readonly sections: readonly SectionPlan[] }
  | { readonly kind: "list"; readonly list: ListPlan };

export interface PageTab {
  readonly key: string;
  /** Null for the tab of what stands outside every tab. */
  readonly label: Label | null;
  readonly blocks: readonly Block[];
}

const LIMIT = 20;

const isTab = (node: LayoutNode): node is LayoutTab => typeof node !== "string" && "tab" in node;
const isList = (node: LayoutNode): node is LayoutList => typeof node !== "string" && "list" in node;

function plainList(related: RelatedInfo): ListPlan {
  return { related, label: related.label, display: "table", columns: related.columns, filter: null, sort: null, limit: LIMIT, summary: [] };
}

function placedList(node: LayoutList, related: RelatedInfo): ListPlan {
  const { label, display, columns, filter, sort, limit, summary } = node;
  return { related, label, display, columns, filter, sort, limit: limit ?? LIMIT, summary };
}

/** Fields between two lists belong together. */
function blocksOf(nodes: readonly LayoutNode[], known: ReadonlyMap<string, RelatedInfo>): Block[] {
  const blocks: Block[] = [];
  let fields: LayoutNode[] = [];
  const flush = (): void => {
    const sections = sectionsOf(fields, 2);
    if (sections.length) blocks.push({ kind: "fields", sections });
    fields = [];
  };
  for (const node of nodes) {
    if (!isList(node)) {
      fields.push(node);
      continue;
    }
    flush();
    const related = known.get(node.list);
    if (related) blocks.push({ kind: "list", list: placedList(node, related) });
  }
  flush();
  return blocks;
}

/** The tabs of the layout, then a tab for every related list that the layout does not place. */
export function planPage(describe: Describe): readonly PageTab[] {
  const known = new Map(describe.related.map((related) => [related.key, related]));
  const outside = blocksOf(describe.layout.filter((node) => !isTab(node)), known);
  const tabs = describe.layout.filter(isTab).map((tab): PageTab => ({ key: tab.tab, label: tab.label, blocks: blocksOf(tab.content, known) }));
  const first: PageTab[] = outside.length || tabs.length === 0 ? [{ key: "details", label: null, blocks: outside }] : [];
  const own = [...first, ...tabs.filter((tab) => tab.blocks.length > 0)];
  const placed = new Set(own.flatMap((tab) => listsOf(tab).map((list) => list.related.key)));
  const rest = describe.related.filter((related) => !placed.has(related.key));
  return [...own, ...rest.map((related): PageTab => ({ key: `list-${related.key}`, label: related.label, blocks: [{ kind: "list", list: plainList(related) }] }))];
}

export function listsOf(tab: PageTab): ListPlan[] {
  return tab.blocks.flatMap((block) => (block.kind === "list" ? [block.list] : []));
}

/** The place of the last tab that shows fields: it also says who made the record. */
export function lastOfFields(tabs: readonly PageTab[]): number {
  return tabs.findLastIndex((tab) => tab.blocks.some((block) => block.kind === "fields"));
}

/** The list whose count stands on a tab: that of a tab which holds nothing else. */
export function countedList(tab: PageTab): ListPlan | null {
  const lists = listsOf(tab);
  return lists.length === 1 && tab.blocks.length === 1 ? (lists[0] ?? null) : null;
}

/** What a list is added up by, as the API takes it. */
export function summaryText(list: ListPlan): string {
  return list.summary.map(({ field, fn }) => `${fn}:${field}`).join(",");
}

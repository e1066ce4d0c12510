import type { Describe, FieldInfo, LayoutNode, LayoutSection, LayoutTab } from "@/api";

export interface SectionPlan {
  /** Null for fields that stand in no section. */
  readonly section: LayoutSection | null;
  readonly columns: number;
  readonly fields: readonly string[];
}

export interface TabPlan {
  readonly tab: LayoutTab | null;
  readonly sections: readonly SectionPlan[];
}

const isTab = (node: LayoutNode): node is LayoutTab => typeof node !== "string" && "tab" in node;
const isSection = (node: LayoutNode): node is LayoutSection => typeof node !== "string" && "section" in node;

/** Neighbouring loose fields become one nameless section; a section inside a section follows its outer one. */
export function sectionsOf(nodes: readonly LayoutNode[], columns: number): SectionPlan[] {
  const plans: SectionPlan[] = [];
  let loose: string[] = [];
  const flush = () => {
    if (loose.length) plans.push({ section: null, columns, fields: loose });
    loose = [];
  };
  for (const node of nodes) {
    if (typeof node === "string") {
      loose.push(node);
    } else if (isSection(node)) {
      flush();
      const own = node.content.filter((inner): inner is string => typeof inner === "string");
      plans.push({ section: node, columns: node.columns ?? 2, fields: own });
      plans.push(...sectionsOf(node.content.filter((inner) => typeof inner !== "string"), node.columns ?? 2));
    }
  }
  flush();
  return plans;
}

/** The layout as tabs of sections of field keys. What stands outside every tab comes first, in a nameless tab. */
export function planLayout(layout: readonly LayoutNode[]): readonly TabPlan[] {
  const outside = sectionsOf(layout.filter((node) => !isTab(node)), 2);
  const tabs = layout.filter(isTab).map((tab) => ({ tab, sections: sectionsOf(tab.content, 2) })).filter((tab) => tab.sections.length > 0);
  return outside.length || tabs.length === 0 ? [{ tab: null, sections: outside }, ...tabs] : tabs;
}

/** A form's field or system field. */
export function fieldOf(describe: Describe, key: string): FieldInfo | undefined {
  return describe.fields[key] ?? describe.system_fields[key];
}

/** The tab that holds a field, as its place in the plan; 0 when none does. */
export function tabOf(plan: readonly TabPlan[], key: string): number {
  return Math.max(0, plan.findIndex((tab) => tab.sections.some((section) => section.fields.includes(key))));
}

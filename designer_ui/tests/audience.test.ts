import { describe, expect, it } from "vitest";
import { placesIn, tidied, withAudience } from "@/model/design/audience";
import type { AppDocument } from "@/model/design/formulas";

const label = (en: string) => ({ en, zh: en });
const DOCUMENT = {
  label: label("Shop"),
  visible_to: { roles: ["sales"], users: [1, "a@example.com"] },
  forms: { lead: { label: label("Lead"), plural: label("Leads"), views: { open: { label: label("Open") }, mine: { label: label("Mine"), visible_to: {} } } } },
  workflows: { approval: { label: label("Approval"), form: "lead", visible_to: { roles: ["sales"] } } },
  menu: [{ form: "lead", view: "open" }, { group: "more", label: label("More"), items: [{ form: "lead", visible_to: { external: ["dealer"] } }, { form: "gone" }] }, null],
} as unknown as AppDocument;

const place = (path: string) => {
  const found = placesIn(DOCUMENT).find((one) => one.path === path);
  if (!found) throw new Error(path);
  return found;
};

describe("the places of an app that are shown to some people", () => {
  it("are the app, the entries of its menu, its views and its workflows", () => {
    const told = placesIn(DOCUMENT).map(({ path, kind, level, label: name, view, audience }) => [path, kind, level, name?.en ?? null, view?.en ?? null, audience]);
    expect(told).toEqual([
      ["", "app", 0, "Shop", null, { roles: ["sales"], users: ["a@example.com"] }],
      ["/menu/0", "item", 0, "Leads", "Open", null],
      ["/menu/1", "group", 0, "More", null, null],
      ["/menu/1/items/0", "item", 1, "Leads", null, { external: ["dealer"] }],
      ["/menu/1/items/1", "item", 1, null, null, null],
      ["/forms/lead/views/open", "view", 0, "Open", null, null],
      ["/forms/lead/views/mine", "view", 0, "Mine", null, {}],
      ["/workflows/approval", "workflow", 0, "Approval", null, { roles: ["sales"] }],
    ]);
  });

  it("are none in a draft of nonsense", () => {
    for (const nonsense of [{ forms: 1, menu: {} }, { forms: { lead: null }, menu: [1], workflows: [2] }, {}]) {
      expect(placesIn(nonsense as unknown as AppDocument).map(({ path }) => path)).toEqual([""]);
    }
  });

  it("are changed where they stand, the menu as a whole", () => {
    const audience = { roles: ["sales"] };
    expect(withAudience(DOCUMENT, place(""), null)).toEqual({ path: "/visible_to", value: null });
    expect(withAudience(DOCUMENT, place("/workflows/approval"), null)).toEqual({ path: "/workflows/approval/visible_to", value: null });
    expect(withAudience(DOCUMENT, place("/forms/lead/views/open"), audience)).toEqual({ path: "/forms/lead/views/open/visible_to", value: audience });
    const { path, value } = withAudience(DOCUMENT, place("/menu/1/items/0"), audience);
    expect(path).toBe("/menu");
    expect(value).toMatchObject([{ form: "lead", view: "open" }, { items: [{ form: "lead", visible_to: audience }, { form: "gone" }] }, null]);
    expect(placesIn(DOCUMENT)).toHaveLength(8);
    expect(withAudience(DOCUMENT, place("/menu/1/items/0"), null).value).toMatchObject([{}, { items: [{ form: "lead" }, { form: "gone" }] }, null]);
  });

  it("name nobody in empty lists", () => {
    expect(tidied({ roles: [], users: ["a"], external: [] })).toEqual({ users: ["a"] });
  });
});

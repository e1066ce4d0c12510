import { describe, expect, test } from "vitest";
import { differsFromView, settingsOfView, stateFromUrl, stateOfView, urlFromState, viewBody } from "../../src/model/view";
import type { ViewJson } from "../../src/api";

const LIST: ViewJson = {
  key: "all", label: "All", kind: "list", columns: ["name", "due"], filter: "{due} > TODAY()", sort: "-due", group_by: null, card: [], measure: null, source: "app",
};
const CALENDAR: ViewJson = { ...LIST, kind: "calendar", calendar: { start: "due", mode: "week" } };
const BOARD: ViewJson = { ...LIST, kind: "kanban", group_by: "stage", card: ["name"], measure: "amount" };

test("what the server leaves out is as usual", () => {
  expect(settingsOfView(CALENDAR).calendar).toEqual({ start: "due", end: null, title: null, mode: "week" });
  expect(settingsOfView(BOARD)).toEqual({ board: { by: "stage", card: ["name"], measure: "amount" }, calendar: null, gallery: null, tree: null });
  const gallery = settingsOfView({ ...LIST, gallery: { fields: [{ field: "due", label: false }] } }).gallery;
  expect(gallery).toEqual({ cover: null, fit: "fill", title: null, size: "medium", fields: [{ field: "due", label: false, size: "normal" }], badges: [] });
});

describe("another kind in the address", () => {
  const state = {
    ...stateOfView(LIST),
    search: "x",
    kind: "calendar" as const,
    calendar: { start: "due", end: null, title: "{name}, {due}", mode: "month" as const },
    day: "2026-03-01",
    mode: "day" as const,
  };
  test("survives, with filter and search", () => {
    expect(stateFromUrl(new URLSearchParams(urlFromState(state, LIST).toString()), LIST)).toEqual(state);
  });
  test("is a change of the view, the day it was opened at is none", () => {
    expect(differsFromView(state, LIST)).toBe(true);
    expect(differsFromView({ ...stateOfView(CALENDAR), day: "2026-03-01", mode: "month" }, CALENDAR)).toBe(false);
  });
  test("is what gets saved", () => {
    expect(viewBody(state, "Mine", false)).toMatchObject({ kind: "calendar", calendar: { start: "due", title: "{name}, {due}" }, filter: "{due} > TODAY()", sort: "-due" });
  });
  test.each(["as=map", "calendar=nonsense", "calendar=[]", 'calendar={"start":5}', "day=soon", "day=2026-13-01", "mode=year"])("%s is not understood", (link) => {
    const read = stateFromUrl(new URLSearchParams(link), CALENDAR);
    expect([read.kind, read.day, read.mode]).toEqual(["calendar", null, null]);
    expect(read.calendar?.start ?? null).toBe(link.startsWith("calendar") ? null : "due");
  });
});

test("a board that is shown as a list keeps its columns for the way back", () => {
  const state = stateFromUrl(new URLSearchParams("as=list"), BOARD);
  expect([state.kind, state.groupBy, state.board?.by]).toEqual(["list", "", "stage"]);
});

import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadWorkflowTexts } from "@/catalogue/workflow/texts";
import WorkflowDiagram, { type DiagramEdge, type DiagramNode } from "@/catalogue/workflow/WorkflowDiagram";
import { startTexts } from "@/ui/i18n/setup";

beforeAll(async () => {
  await startTexts("en", () => import("@/texts/en"));
  await loadWorkflowTexts();
});
afterEach(cleanup);

const NODES: readonly DiagramNode[] = [
  { key: "split", type: "branch", label: { en: "By amount", zh: "按金额" }, state: "done" },
  { key: "lead", type: "approval", label: "Team lead", state: "current", people: [{ id: 1, name: "Ada" }, { id: 2, name: "Bo" }] },
  { key: "boss", type: "approval", label: "Director", state: "skipped" },
  { key: "end", type: "end", label: null, state: "expected" },
];
const EDGES: readonly DiagramEdge[] = [
  { from: "split", to: "lead", label: "Up to 10,000", taken: true },
  { from: "split", to: "boss", label: "Otherwise" },
  { from: "lead", to: "end" },
  { from: "boss", to: "end" },
];

describe("the drawing of a workflow that runs", () => {
  it.each([
    ["By amount", "Done"],
    ["Team lead", "Now · Ada, Bo"],
    ["Director", "Skipped"],
    ["End", "Expected"],
  ])("says of %s: %s", (name, state) => {
    render(<WorkflowDiagram nodes={NODES} edges={EDGES} />);
    const card = screen.getByText(name).closest("li");
    expect(within(card as HTMLElement).getByText(state)).toBeTruthy();
  });

  it("marks the node in work, and it alone", () => {
    render(<WorkflowDiagram nodes={NODES} edges={EDGES} />);
    expect(screen.getAllByRole("listitem").filter((item) => item.getAttribute("aria-current") === "step").map((item) => item.textContent)).toEqual(["Team leadNow · Ada, Bo"]);
  });

  it("shows the ways with their words, and which were taken", () => {
    const { container } = render(<WorkflowDiagram nodes={NODES} edges={EDGES} />);
    expect([...container.querySelectorAll(".wf-edgelabel")].map((label) => label.textContent).sort()).toEqual(["Otherwise", "Up to 10,000"]);
    expect(container.querySelectorAll("path.taken")).toHaveLength(1);
  });

  it("becomes larger and smaller", () => {
    const { container } = render(<WorkflowDiagram nodes={NODES} edges={EDGES} />);
    const scale = () => Number(/scale\((.+)\)/.exec(container.querySelector<HTMLElement>(".wf-drawing")?.style.transform ?? "")?.[1]);
    const before = scale();
    screen.getByRole("button", { name: "Larger" }).click();
    return screen.findByRole("button", { name: "Smaller" }).then(() => expect(scale()).toBeGreaterThan(before));
  });
});

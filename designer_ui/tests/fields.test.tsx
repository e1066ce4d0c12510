import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { FieldInfo, Json } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldType, fieldTypeNames } from "@/catalogue/registry";
import { FilesOfTask } from "@/fields/files/task";
import { makeFormat } from "@/ui/format";
import { startTexts } from "@/ui/i18n/setup";

beforeAll(() => startTexts("en", () => import("@/texts/en")));
afterEach(cleanup);

const TYPES = [
  "address", "autonumber", "boolean", "choice", "date", "datetime", "department", "departments", "email", "file", "formula",
  "image", "long_text", "money", "multi_choice", "number", "organisation", "percent", "phone", "rating", "relation", "relation_any", "relations", "rich_text", "subform",
  "text",
  "time", "url", "user", "users",
];

test("every field type of the product has its file", () => {
  expect(fieldTypeNames()).toEqual(TYPES);
});

const field = (type: string, more: Partial<FieldInfo> = {}): FieldInfo => ({ type, label: { en: "F", zh: "F" }, ...more });
const options = { options: { a: { label: { en: "Alpha", zh: "甲" }, color: "red" } } };
const format = makeFormat("en", "UTC");

const CASES: readonly (readonly [FieldInfo, Json, string])[] = [
  [field("text"), "A", "A"],
  [field("number", { settings: { unit: "kg" } }), 1234.5, "1,234.5 kg"],
  [field("money", { settings: { currency: "CNY", decimals: 2 } }), 5, "¥5.00"],
  [field("percent"), 0.15, "15%"],
  [field("boolean"), true, "Yes"],
  [field("date"), "2026-01-31", "Jan 31, 2026"],
  [field("time"), "08:30:00", "08:30"],
  [field("choice", { settings: options }), "a", "Alpha"],
  [field("choice", { settings: options }), "gone", "gone"],
  [field("multi_choice", { settings: options }), ["a"], "Alpha"],
  [field("user"), { id: 1, name: "Ada" }, "Ada"],
  [field("organisation"), { id: 1, name: "Acme Dealers" }, "Acme Dealers"],
  [field("users"), [{ id: 1, name: "Ada" }, { id: 2, name: "Bo" }], "Ada, Bo"],
  [field("relation", { settings: { form: "x" } }), { id: 1, title: "Acme" }, "Acme"],
  [field("relations", { settings: { form: "x" } }), [{ id: 1, title: "Acme" }, { id: 2, title: null }], "Acme"],
  [field("relation_any", { settings: { forms: ["x"] } }), { form: "x", id: 1, title: "Acme" }, "Acme"],
  [field("address"), { province: "北京市", city: "北京市", detail: "1 号" }, "北京市 1 号"],
  [field("formula", { result: "percent" }), 0.5, "50%"],
  [field("rich_text"), "<p>One <b>two</b></p><p>three</p>", "One two three"],
  [field("some_future_type"), "x", "x"],
];

test.each(CASES)("%j shows %j as %s", (info, value, text) => {
  expect(fieldType(info.type).text(value, info, format)).toBe(text);
});

const place = { app: "a", form: "f", field: "k" };

test("a web address that would run code is no link", () => {
  render(<FieldCell value="javascript:alert(1)" field={field("url")} place={place} />);
  expect(screen.queryByRole("link")).toBeNull();
});

test("a relation links to its record", () => {
  render(
    <MemoryRouter>
      <FieldCell value={{ id: 7, title: "Acme" }} field={field("relation", { settings: { form: "account" } })} place={place} />
    </MemoryRouter>,
  );
  expect(screen.getByRole("link", { name: "Acme" }).getAttribute("href")).toBe("/a/a/account/7");
});

test("a formula's error shows as such", () => {
  render(<FieldCell value="#DIV/0!" field={field("formula", { result: "number" })} place={place} />);
  expect(screen.getByText("#DIV/0!").className).toContain("f-error");
});

test("blank values show nothing, or what stands for blank", () => {
  const { container } = render(<FieldCell value={null} field={field("text")} place={place} />);
  expect(container.textContent).toBe("");
  render(<FieldCell value={[]} field={field("users")} place={place} blank="—" />);
  expect(screen.getByText("—")).toBeTruthy();
});

test.each([
  ["of a record", undefined, null],
  ["of what a task shows", 7, "7"],
])("a file %s is fetched from there", (_, task, wanted) => {
  const cell = <FieldCell value={[{ id: 3, name: "offer.pdf", size: 9, type: "application/pdf" }]} field={field("file")} place={{ app: "a", form: "f", field: "papers", record: 1 }} />;
  render(<MemoryRouter>{task === undefined ? cell : <FilesOfTask value={task}>{cell}</FilesOfTask>}</MemoryRouter>);
  const address = new URL(screen.getByRole("link", { name: /offer/ }).getAttribute("href") ?? "", "http://x");
  expect([address.pathname.endsWith("/files/3"), address.searchParams.get("field"), address.searchParams.get("task")]).toEqual([true, "papers", wanted]);
});

/** A test in words: what is ordered, what people decide, and what must come of it. */
import type { Json } from "@/api";
import { isBlank, fieldType } from "@/catalogue/registry";
import type { FieldBody } from "@/model/design/formulas";
import { RETURNED, type Scenario } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import type { PanelScene } from "../panel/scene";
import { infoOf } from "./ValueInput";

export interface TestWords {
  readonly node: (key: string) => string;
  readonly status: (key: string) => string;
  readonly sentence: (test: Scenario) => string;
  /** What a new test is called until somebody calls it otherwise. */
  readonly proposed: (test: Scenario) => { readonly en: string; readonly zh: string };
}

const STATUSES = new Set(["running", "approved", "rejected", "withdrawn", "cancelled", "stuck"]);

export function useTestWords({ workflow, words, document }: PanelScene): TestWords {
  const { t } = useTranslation();
  const format = useFormat();
  const fields: Readonly<Record<string, FieldBody>> = document.forms?.[workflow.form ?? ""]?.fields ?? {};
  const node = (key: string): string => (key === RETURNED ? t("workflow.type.start") : words.node(key));
  const ends = Object.values(workflow.nodes ?? {});
  const status = (key: string): string => (STATUSES.has(key) ? t(`play.status.${key}`) : format.label(ends.find(({ result }) => result === key)?.label) || key);
  const value = (key: string, json: Json): string => {
    const field = infoOf(fields[key], key);
    const label = format.label(field.label);
    if (isBlank(json)) return t("play.value", { field: label, value: t("play.blank") });
    if (typeof json === "object") return Array.isArray(json) && typeof json[0] === "object" ? t("play.count", { field: label, count: json.length }) : label;
    return t("play.value", { field: label, value: fieldType(field.type).text(json, field, format) });
  };
  const record = (test: Scenario): string => Object.entries(test.record ?? {}).slice(0, 4).map(([key, json]) => value(key, json)).join(", ");
  const decided = (test: Scenario): string => (test.decisions ?? []).map(({ node: at, decision }) => (["wait", "change", "withdraw"].includes(decision) ? t(`play.step.${decision}`) : t("play.step.decides", { node: node(at), decision: t(`play.decision.${decision}`) }))).join(", ");
  const expected = ({ expect = {} }: Scenario): string =>
    [
      expect.path ? t("play.expect.goes", { path: expect.path.map(node).join(" → ") || "–" }) : "",
      expect.not?.length ? t("play.expect.avoids", { path: expect.not.map(node).join(", ") }) : "",
      expect.at?.length ? t("play.expect.waits", { path: expect.at.map(node).join(", ") }) : "",
      expect.status ? t("play.expect.ends", { status: status(expect.status) }) : "",
    ].filter(Boolean).join(" · ");
  const sentence = (test: Scenario): string => [[record(test), decided(test)].filter(Boolean).join(" — "), expected(test)].filter(Boolean).join(" ⇒ ");
  const proposed = (test: Scenario): { en: string; zh: string } => {
    const text = `${words.form(workflow.form)}: ${record(test) || t("play.test.any")}${test.expect?.path?.length ? ` → ${test.expect.path.map(node).join(", ")}` : ""}`.slice(0, 118);
    return { en: text, zh: text };
  };
  return { node, status, sentence, proposed };
}

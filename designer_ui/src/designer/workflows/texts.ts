import { loadExpressionTexts } from "@/catalogue/expression/texts";
import { loadWorkflowTexts } from "@/catalogue/workflow/texts";
import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the designer of workflows, beside those of the designer; to be waited for before a page is drawn. */
export async function loadFlowTexts(): Promise<void> {
  await Promise.all([addTexts(part), loadExpressionTexts(), loadWorkflowTexts()]);
}

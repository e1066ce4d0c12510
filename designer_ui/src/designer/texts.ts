import { loadExpressionTexts } from "@/catalogue/expression/texts";
import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the pages for an app's administrator; to be waited for before one is drawn. */
export async function loadDesignerTexts(): Promise<void> {
  await Promise.all([addTexts(part), loadExpressionTexts()]);
}

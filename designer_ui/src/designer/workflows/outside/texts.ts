import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of steps that reach out of the product, beside those of the designer of workflows. */
export const loadOutsideTexts = (): Promise<void> => addTexts(part);

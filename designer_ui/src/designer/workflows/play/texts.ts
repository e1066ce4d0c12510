import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of simulating and testing, beside those of the designer of workflows. */
export const loadPlayTexts = (): Promise<void> => addTexts(part);

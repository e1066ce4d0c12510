import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words for nodes of workflows; to be waited for before one is drawn. */
export const loadWorkflowTexts = (): Promise<void> => addTexts(part);

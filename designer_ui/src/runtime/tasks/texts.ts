import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of tasks and workflows; to be waited for before they are drawn. */
export const loadTaskTexts = (): Promise<void> => addTexts(part);

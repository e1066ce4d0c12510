import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the pages about permissions, beside those of the designer; to be waited for before one is drawn. */
export const loadPermissionTexts = (): Promise<void> => addTexts(part);

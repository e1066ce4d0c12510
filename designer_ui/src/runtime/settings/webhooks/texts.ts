import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the page of webhooks; to be waited for before it is drawn. */
export const loadWebhookTexts = (): Promise<void> => addTexts(part);

import { addTexts, type LoadPart } from "@/ui/i18n/setup";
import FirstApp from "../FirstApp";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The page of an empty workspace with its words. */
export async function loadFirstApp(): Promise<{ readonly default: typeof FirstApp }> {
  await addTexts(part);
  return { default: FirstApp };
}

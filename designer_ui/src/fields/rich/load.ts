import { addTexts, type LoadPart } from "@/ui/i18n/setup";
import RichTextInput from "../inputs/RichTextInput";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The input for formatted text with the words of its tools. */
export async function loadRichText(): Promise<{ readonly default: typeof RichTextInput }> {
  await addTexts(part);
  return { default: RichTextInput };
}

import { addTexts, type LoadPart } from "@/ui/i18n/setup";
import FileViewer from "./FileViewer";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The viewer of files with its words. */
export async function loadViewer(): Promise<{ readonly default: typeof FileViewer }> {
  await addTexts(part);
  return { default: FileViewer };
}

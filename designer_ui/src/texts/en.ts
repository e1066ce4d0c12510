import locale from "antd/es/locale/en_US";
import { mergeTexts } from "@/ui/i18n/merge";

const files = import.meta.glob<Record<string, unknown>>("../**/i18n/en.json", { eager: true, import: "default" });

export const texts = mergeTexts(Object.values(files));
export { locale };

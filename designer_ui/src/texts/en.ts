import locale from "antd/es/locale/en_US";
import { mergeTexts } from "@/ui/i18n/merge";

/** Words that are fetched with their part of the interface (`addTexts`) are not among them. */
const files = import.meta.glob<Record<string, unknown>>(["../**/i18n/en.json", "!../catalogue/expression/**", "!../catalogue/workflow/**", "!../designer/**", "!../fields/files/**", "!../fields/lines/**", "!../runtime/batches/**", "!../runtime/calendar/**", "!../runtime/gallery/**", "!../runtime/keys/**", "!../runtime/list/batch/**", "!../runtime/list/cells/**", "!../runtime/list/export/**", "!../runtime/list/settings/**", "!../fields/rich/**", "!../runtime/access/**", "!../runtime/account/**", "!../runtime/import/**", "!../runtime/record/convert/**", "!../runtime/record/files/**", "!../runtime/record/page/**", "!../runtime/record/print/**", "!../runtime/settings/**", "!../runtime/shell/first/**", "!../runtime/tasks/**", "!../runtime/tree/**"], { eager: true, import: "default" });

export const texts = mergeTexts(Object.values(files));
export { locale };

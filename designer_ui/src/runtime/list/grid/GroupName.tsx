/** What the records of a group have in common, in words. */
import type { Describe } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { shownType } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../fields";
import { periodName } from "../periodName";
import type { GroupInfo } from "./types";

/** Types whose values are drawn as links: inside the button that folds a group they are words. */
const LINKS = new Set(["relation", "email", "phone", "url"]);

export function GroupName({ describe, group }: { readonly describe: Describe; readonly group: GroupInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = fieldsOf(describe)[group.field];
  if (!field) return null;
  if (group.by !== null && typeof group.value === "string") return <span className="ellipsis">{periodName(group.value, group.by, format, t)}</span>;
  if (LINKS.has(field.type) && group.value !== null) return <span className="ellipsis">{shownType(field).text(group.value, field, format)}</span>;
  return <FieldCell value={group.value} field={field} place={{ app: describe.app, form: describe.key, field: group.field }} blank={t("list.group.blank")} />;
}

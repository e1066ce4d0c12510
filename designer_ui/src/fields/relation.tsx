import { lazyInput } from "@/catalogue/lazyInput";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";

interface Target {
  readonly id: number;
  readonly title: string | null;
}

function targetOf(value: Json): Target {
  if (typeof value === "object" && value !== null && "id" in value) {
    const title = value["title"];
    return { id: Number(value["id"]), title: typeof title === "string" ? title : null };
  }
  return { id: Number(value), title: `#${String(value)}` };
}

function Cell({ value, field, place }: CellProps) {
  const { t } = useTranslation();
  const target = targetOf(value);
  // Without a title the reader may not see the other record; a link would lead nowhere.
  if (target.title === null) return <span className="muted">{t("fields.hiddenRecord")}</span>;
  const form = textSetting(field, "form") ?? place.form;
  return (
    <Link to={`/a/${place.app}/${form}/${target.id}`} title={target.title} onClick={(event) => event.stopPropagation()}>
      {target.title || `#${target.id}`}
    </Link>
  );
}

const relation: FieldTypeUi = {
  type: "relation",
  Cell,
  Input: lazyInput(() => import("./inputs/RelationInput")),
  text: (value) => targetOf(value).title ?? "",
  width: 180,
};

export default relation;

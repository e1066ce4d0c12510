/** By whom something starts: those who are named, to read, with the dialog that names them a click away. */
import { LISTS, type Audience } from "@/model/design/audience";
import { withMember, type Start } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconPencil } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { rolesIn } from "../document";
import type { PanelScene } from "./scene";

const StartPeopleDialog = lazy(async () => {
  const [dialog, visibility, permissions] = await Promise.all([import("../StartPeopleDialog"), import("../../visibility/texts"), import("../../permissions/texts")]);
  await Promise.all([visibility.loadVisibilityTexts(), permissions.loadPermissionTexts()]);
  return dialog;
});

/** Whom a start names, in the older list of roles, too; null is everybody. */
function namedBy(start: Start): Audience | null {
  const roles = start.roles ?? [];
  if (start.allowed_to === undefined) return roles.length > 0 ? { roles } : null;
  return { ...start.allowed_to, roles: [...new Set([...(start.allowed_to.roles ?? []), ...roles])] };
}

export function StartPeople({ scene, start, onChange }: { readonly scene: PanelScene; readonly start: Start; readonly onChange: (start: Start) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const label = t(start.on === "button" ? "flow.start.pressedBy" : "flow.start.savedBy");
  const everybody = t(start.on === "button" ? "flow.start.everybody" : "flow.start.everybodySaves");
  const named = namedBy(start);
  const roles = Object.entries(rolesIn(scene.document)).map(([key, role]) => ({ key, label: { en: role.label?.en ?? key, zh: role.label?.zh ?? key } }));
  const names = LISTS.flatMap((list) => (named?.[list] ?? []).map((one) => (list === "roles" ? scene.words.role(one) : list === "external" ? t(`flow.start.external.${one}`) : one)));
  const shown = named === null ? everybody : names.length > 0 ? new Intl.ListFormat(format.language, { type: "disjunction" }).format(names) : t("flow.start.nobody");
  const save = (audience: Audience | null): void => onChange(withMember(withMember(start, "roles", undefined), "allowed_to", audience ?? undefined));
  return (
    <div className="wd-row">
      <span className="wd-label" aria-hidden>{label}</span>
      <div className="wd-expression">
        <button type="button" className="wd-expressiontext" title={t("flow.start.changeWho")} onClick={() => setOpen(true)}>
          <span className="sr-only">{label}: </span>
          <span className={named === null ? "muted" : ""}>{shown}</span>
          <IconPencil size={14} aria-hidden />
        </button>
      </div>
      {open ? <Suspense fallback={null}><StartPeopleDialog title={label} everybody={everybody} value={named} roles={roles} onSave={save} onClose={() => setOpen(false)} /></Suspense> : null}
    </div>
  );
}

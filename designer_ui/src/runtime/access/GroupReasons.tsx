import { useTranslation } from "react-i18next";
import type { ExplainedGroup } from "@/api";
import { useFormat } from "@/ui/format";

/** Every permission group of the form: whether the person is in it, why, and whether its condition holds. */
export function GroupReasons({ groups }: { groups: readonly ExplainedGroup[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t("access.why")}</h3>
      <ul className="access-groups">
        {groups.map((group) => <GroupReason key={group.key} group={group} />)}
      </ul>
    </section>
  );
}

function GroupReason({ group }: { group: ExplainedGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const inside = group.member_by !== null;
  const roles = group.roles.map((role) => (role.label ? format.label(role.label) : role.key)).join(", ");
  return (
    <li className={inside ? undefined : "outside"}>
      <strong>{group.label ? format.label(group.label) : group.key}</strong>
      <span>
        {t(`access.group.${group.member_by ?? "none"}`)}
        {inside ? null : ` (${roles ? t("access.group.roles", { roles }) : t("access.group.no_roles")})`}
      </span>
      <Rows group={group} />
      <span className="access-tags">
        {group.actions.map((action) => <span key={action} className="j-tag tone-gray">{t(`access.action.${action}`)}</span>)}
      </span>
    </li>
  );
}

function Rows({ group }: { group: ExplainedGroup }) {
  const { t } = useTranslation();
  if (group.condition === null) return <span>{t(group.rows === "none" ? "access.group.no_rows" : "access.group.everything")}</span>;
  return (
    <span>
      <code>{group.condition}</code>
      {group.holds === null ? null : <> — {t(group.holds ? "access.group.holds" : "access.group.fails")}</>}
    </span>
  );
}

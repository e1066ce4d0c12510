import { useTranslation } from "react-i18next";
import { useApps } from "@/api";
import { useFormat } from "@/ui/format";
import { useOrganisation, useRoles } from "../calls";
import { departmentPaths } from "../departments";
import type { Administrator } from "../types";

/** The words for what somebody administers: labels of apps, paths of departments, names of roles. */
export function useCircleWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const answers = [useApps(), useRoles(), useOrganisation()] as const;
  const apps = new Map((answers[0].data ?? []).map((app) => [app.key, format.label(app.label)]));
  const roles = new Map((answers[1].data ?? []).map((role) => [role.key, format.label(role.label)]));
  const paths = departmentPaths(answers[2].data ?? []);
  const comma = t("settings.administrators.comma");
  return {
    /** Whether every name is known, or will never be. */
    ready: answers.every((answer) => !answer.isPending),
    holder: (one: Pick<Administrator, "person" | "role">): string => one.person?.name ?? roles.get(one.role ?? "") ?? one.role ?? "",
    apps: (one: Pick<Administrator, "apps">): string => (one.apps === null ? t("settings.administrators.allApps") : one.apps.map((key) => apps.get(key) ?? key).join(comma)),
    departments: (one: Pick<Administrator, "department_ids">): string => one.department_ids.map((id) => paths.get(id) ?? `#${id}`).join(comma),
    roles: (one: Pick<Administrator, "roles">): string => one.roles.map((key) => roles.get(key) ?? key).join(comma),
  };
}

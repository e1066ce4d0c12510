/** Groups, fields, roles and row scopes as people call them. */
import { rowsChoices, type FieldFacts, type Group, type Groups, type RowsChoice } from "@/model/design/permissions";
import { useFormat } from "@/ui/format";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RoleFacts } from "./calls";

export interface Words {
  readonly group: (key: string) => string;
  readonly field: (key: string) => string;
  readonly role: (key: string) => string;
  /** The people of all external organisations of a kind. */
  readonly kind: (key: string) => string;
  readonly button: (key: string) => string;
  readonly action: (key: string) => string;
  readonly choice: (choice: RowsChoice) => string;
  /** A ready-made row scope, or "on a condition". */
  readonly rows: (rows: string) => string;
  readonly list: (items: readonly string[]) => string;
}

interface Subject {
  readonly groups: Groups;
  /** Where a group stands that is there no more. */
  readonly before?: Groups;
  readonly fields: readonly FieldFacts[];
  readonly roles: readonly RoleFacts[];
  readonly actions?: Readonly<Record<string, { readonly label?: Group["label"] }>> | undefined;
}

export function useWords({ groups, before = null, fields, roles, actions }: Subject): Words {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const joined = new Intl.ListFormat(format.language, { type: "conjunction", style: "narrow" });
    const field = (key: string): string => {
      const [subform = "", inner] = key.split(".");
      const label = (one: string): string => format.label(fields.find((fact) => fact.key === one)?.label) || one;
      return inner === undefined ? label(key) : `${label(subform)} › ${label(key)}`;
    };
    const choice = ({ kind, field: people }: RowsChoice): string => t(`permissions.rows.${kind}`, { field: people ? field(people.key) : "" });
    return {
      group: (key) => format.label((groups?.[key] ?? before?.[key])?.label) || key,
      field,
      role: (key) => format.label(roles.find((role) => role.key === key)?.label) || key,
      kind: (key) => t(`permissions.external.${key}`, { defaultValue: key }),
      button: (key) => format.label(actions?.[key]?.label) || key,
      action: (key) => t(`permissions.action.${key}`),
      choice,
      rows: (rows) => {
        const found = rowsChoices(fields).find((one) => one.rows === rows);
        return found ? choice(found) : t("permissions.rows.condition");
      },
      list: (items) => joined.format(items),
    };
  }, [t, format, groups, before, fields, roles, actions]);
}

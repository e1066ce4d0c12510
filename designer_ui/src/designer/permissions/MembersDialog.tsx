/** Whom this workspace adds to a group, beside those who have one of its roles; it holds at once. */
import { useOrganisations, type FieldInfo, type Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { Button, Checkbox, Select } from "antd";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSaveMembers, type GroupPeople } from "./calls";
import { idsOf, namesOf } from "./people";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly group: string;
  readonly label: string;
  /** Roles and kinds of external organisations that the app puts into it, as they are called. */
  readonly roles: readonly string[];
  readonly told: GroupPeople | undefined;
  /** People can be added to published groups only. */
  readonly published: boolean;
  readonly onClose: () => void;
}

/** Escape closes an open list, not the dialog in which it stands. */
function closeListOnly(event: KeyboardEvent): void {
  if (event.key === "Escape" && event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true") event.preventDefault();
}

export default function MembersDialog({ app, form, group, label, roles, told, published, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const save = useSaveMembers(app, form, group);
  const [users, setUsers] = useState<Json>((told?.users ?? []).map((one) => ({ id: one.id, name: one.name })));
  const [departments, setDepartments] = useState<Json>((told?.departments ?? []).map((one) => ({ id: one.id, name: one.name })));
  const [alone, setAlone] = useState<readonly number[]>((told?.departments ?? []).filter((one) => !one.with_below).map((one) => one.id));
  const [partners, setPartners] = useState<readonly number[]>((told?.organisations ?? []).map((one) => one.id));
  const organisations = useOrganisations();
  const offered = new Map([...(told?.organisations ?? []), ...(organisations.data ?? [])].map((one) => [one.id, one.name]));
  const place = { app, form, field: "owner" };
  const info = (type: string, text: string): FieldInfo => ({ type, label: { en: text, zh: text }, settings: { external: true } });
  const run = (): void =>
    save.mutate(
      { users: idsOf(users), departments: idsOf(departments).map((one) => ({ id: one, with_below: !alone.includes(one) })), organisations: partners },
      {
        onSuccess: () => {
          announce(t("permissions.members.saved", { name: label }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("permissions.members.of", { name: label })}
      className="perm-members"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(published ? "ui.cancel" : "ui.close")}</Button>
          {published ? <Button type="primary" loading={save.isPending} onClick={run}>{t("permissions.members.save")}</Button> : null}
        </>
      }
    >
      <div className="perm-form">
        <section>
          <h3>{t("permissions.members.byRole")}</h3>
          <p className="muted">{t("permissions.members.byRoleHelp")}</p>
          <p>{roles.join(", ") || t("permissions.members.noRoles")}</p>
        </section>
        <section>
          <h3>{t("permissions.members.added")}</h3>
          <p className="muted">{t("permissions.members.addedHelp")}</p>
        </section>
        {published ? (
          <>
            <label htmlFor={`${id}-users`}>{t("permissions.members.users")}</label>
            <FieldInput id={`${id}-users`} value={users} onChange={setUsers} field={info("users", t("permissions.members.users"))} place={place} label={t("permissions.members.users")} autoFocus />
            <label htmlFor={`${id}-departments`}>{t("permissions.members.departments")}</label>
            <FieldInput id={`${id}-departments`} value={departments} onChange={setDepartments} field={info("departments", t("permissions.members.departments"))} place={place} label={t("permissions.members.departments")} />
            {namesOf(departments).map((one) => (
              <Checkbox key={one.id} checked={!alone.includes(one.id)} onChange={(event) => setAlone(event.target.checked ? alone.filter((other) => other !== one.id) : [...alone, one.id])}>
                {t("permissions.members.withBelow", { name: one.name })}
              </Checkbox>
            ))}
            {offered.size > 0 ? (
              <>
                <label htmlFor={`${id}-organisations`}>{t("permissions.members.organisations")}</label>
                <Select<number[]>
                  id={`${id}-organisations`}
                  mode="multiple"
                  className="f-fill"
                  showSearch={{ optionFilterProp: "label" }}
                  options={[...offered].map(([value, name]) => ({ value, label: name }))}
                  value={[...partners]}
                  onChange={setPartners}
                  loading={organisations.isFetching}
                  onKeyDown={closeListOnly}
                />
              </>
            ) : null}
          </>
        ) : (
          <p className="perm-warning">{t("permissions.members.publishFirst")}</p>
        )}
        {told && told.people.count > 0 ? <p className="muted">{t("permissions.members.now", { names: told.people.names.join(", "), count: told.people.count })}</p> : null}
        <p role="alert" className="design-problem">{save.isError ? errorText(save.error) : ""}</p>
      </div>
    </Dialog>
  );
}

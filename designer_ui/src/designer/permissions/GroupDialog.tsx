/** The names of a group in both languages, and the roles and kinds of external organisations that have its rights. */
import type { OrganisationKind } from "@/api";
import { keyForGroup, type Group } from "@/model/design/permissions";
import { Dialog } from "@/ui/Dialog";
import { useFormat } from "@/ui/format";
import { Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoleFacts } from "./calls";

const KINDS: readonly OrganisationKind[] = ["customer", "dealer", "supplier"];

interface Props {
  /** Missing: the group is new. */
  readonly group?: Group;
  /** Keys that a new group cannot have. */
  readonly taken: readonly string[];
  readonly roles: readonly RoleFacts[];
  readonly onClose: () => void;
  readonly onSave: (key: string, part: { readonly label: Group["label"]; readonly roles: readonly string[]; readonly external: readonly string[] }) => void;
}

export default function GroupDialog({ group, taken, roles, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [en, setEn] = useState(group?.label?.en ?? "");
  const [zh, setZh] = useState(group?.label?.zh ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(group?.roles ?? []);
  const [partners, setPartners] = useState<readonly string[]>(group?.external ?? []);
  const [missing, setMissing] = useState(false);
  const known = roles.map(({ key }) => key);
  // A role that is no more stays until somebody takes it out.
  const offered = [...roles.map(({ key, label, people }) => ({ key, label: format.label(label) || key, people })), ...chosen.filter((key) => !known.includes(key)).map((key) => ({ key, label: key, people: 0 }))];
  const save = (): void => {
    const label = { ...(en.trim() ? { en: en.trim() } : {}), ...(zh.trim() ? { zh: zh.trim() } : {}) };
    if (!label.en && !label.zh) return setMissing(true);
    onSave(keyForGroup(en || zh, taken), { label, roles: chosen, external: partners });
    onClose();
  };
  const toggle = (key: string, on: boolean): void => setChosen(offered.map((one) => one.key).filter((one) => (one === key ? on : chosen.includes(one))));
  return (
    <Dialog
      title={t(group ? "permissions.rename" : "permissions.add")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" onClick={save}>{t("permissions.keep")}</Button>
        </>
      }
    >
      <form className="perm-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <label htmlFor={`${id}-en`}>{t("permissions.english")}</label>
        <Input id={`${id}-en`} autoFocus value={en} maxLength={100} aria-describedby={`${id}-missing`} onChange={(event) => setEn(event.target.value)} />
        <label htmlFor={`${id}-zh`}>{t("permissions.chinese")}</label>
        <Input id={`${id}-zh`} value={zh} maxLength={100} onChange={(event) => setZh(event.target.value)} />
        <p id={`${id}-missing`} role="alert" className="design-problem">{missing && !en.trim() && !zh.trim() ? t("permissions.nameMissing") : ""}</p>
        <fieldset>
          <legend>{t("permissions.roles")}</legend>
          <p className="muted">{t("permissions.rolesHelp")}</p>
          {offered.map((role) => (
            <Checkbox key={role.key} checked={chosen.includes(role.key)} onChange={(event) => toggle(role.key, event.target.checked)}>
              {role.label} <small className="muted">{t("permissions.people", { count: role.people })}</small>
            </Checkbox>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t("permissions.external.title")}</legend>
          <p className="muted">{t("permissions.external.help")}</p>
          {KINDS.map((kind) => (
            <Checkbox key={kind} checked={partners.includes(kind)} onChange={(event) => setPartners(KINDS.filter((one) => (one === kind ? event.target.checked : partners.includes(one))))}>
              {t(`permissions.external.${kind}`)}
            </Checkbox>
          ))}
        </fieldset>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

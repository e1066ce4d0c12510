import { Button, Input, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationKind } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { announce } from "@/ui/announce";
import { Field, issueAt, otherIssues } from "../parts/Field";
import { KINDS, useAddPartner, useChangePartner, type Partner } from "./calls";

/** Makes a partner company, or changes what it is called and what it is to us. */
export function PartnerDialog({ partner, onClose }: { partner: Partner | null; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const add = useAddPartner();
  const change = useChangePartner();
  const [name, setName] = useState(partner?.name ?? "");
  const [kind, setKind] = useState<OrganisationKind>(partner?.kind ?? "dealer");
  const { error, isPending } = partner ? change : add;
  const done = { onSuccess: () => { announce(t("settings.external.saved", { name: name.trim() })); onClose(); } };
  const save = (): void => {
    if (partner) change.mutate({ id: partner.id, name, kind }, done);
    else add.mutate({ name, kind }, done);
  };
  return (
    <Dialog
      title={t(partner ? "settings.external.edit" : "settings.external.add")}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={name.trim() === ""} loading={isPending} onClick={save}>{t("ui.save")}</Button>
        </>
      }
    >
      <div className="set-form">
        <Field id={`${id}-name`} label={t("settings.external.name")} issue={issueAt(error, "/name")}>
          <Input id={`${id}-name`} value={name} autoFocus maxLength={100} onChange={(event) => setName(event.target.value)} onPressEnter={save} />
        </Field>
        <fieldset className="set-field">
          <legend>{t("settings.external.kind")}</legend>
          <Radio.Group value={kind} options={KINDS.map((one) => ({ value: one, label: t(`settings.external.kinds.${one}`) }))} onChange={(event) => setKind(event.target.value as OrganisationKind)} />
          <p className="muted">{t("settings.external.kindHelp")}</p>
        </fieldset>
        {otherIssues(error, ["/name"]).map((text) => <p key={text} className="set-issue" role="alert">{text}</p>)}
      </div>
    </Dialog>
  );
}

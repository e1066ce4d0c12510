import { Button, Input, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { usePreferences } from "@/ui/preferences";
import { Field } from "../parts/Field";
import { InvitedDialog, Problems } from "../people/InviteDialog";
import { readInvitees } from "../people/invitees";
import { useInviteContacts, type Partner } from "./calls";

/** Invites people of a partner company by their addresses. */
export function InviteContactsDialog({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const invite = useInviteContacts();
  const [text, setText] = useState("");
  const [language, setLanguage] = useState<string>(usePreferences.getState().language);
  if (invite.data) return <InvitedDialog invited={invite.data.invited} onClose={onClose} />;
  const people = readInvitees(text);
  return (
    <Dialog
      title={t("settings.external.inviteTo", { name: partner.name })}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={people.length === 0} loading={invite.isPending} onClick={() => invite.mutate({ id: partner.id, people, language })}>
            {people.length > 1 ? t("settings.people.inviteMany", { count: people.length }) : t("settings.people.inviteOne")}
          </Button>
        </>
      }
    >
      <div className="set-form">
        <Field id={`${id}-people`} label={t("settings.people.addresses")} help={t("settings.external.inviteHelp")}>
          <Input.TextArea id={`${id}-people`} value={text} autoFocus autoSize={{ minRows: 3, maxRows: 8 }} placeholder={"paula@partner.example"} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Problems people={people} error={invite.error} />
        <Field id={`${id}-language`} label={t("settings.people.language")}>
          <Select id={`${id}-language`} className="f-fill" value={language} onChange={setLanguage} options={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} />
        </Field>
      </div>
    </Dialog>
  );
}

/** Whom a part of an app is shown to: everybody, or those of some roles, departments and organisations, and single people. */
import { everybody, tidied, withAudience, type Audience, type Place } from "@/model/design/audience";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeDraft, type Draft } from "../draft";
import type { RoleFacts } from "../permissions/calls";
import { AudienceLists } from "./AudienceLists";

interface Props {
  readonly app: string;
  readonly draft: Draft;
  readonly place: Place;
  /** As people call the place. */
  readonly name: string;
  readonly roles: readonly RoleFacts[];
  readonly onClose: () => void;
}

export default function AudienceDialog({ app, draft, place, name, roles, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const change = useChangeDraft(app);
  const [some, setSome] = useState(place.audience !== null);
  const [audience, setAudience] = useState<Audience>(place.audience ?? {});
  const save = (): void =>
    change.mutate(
      { changes: [withAudience(draft.document, place, some ? tidied(audience) : null)], revision: draft.revision },
      {
        onSuccess: () => {
          announce(t("visibility.saved", { name }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("visibility.of", { name })}
      className="perm-members"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={change.isPending} onClick={save}>{t("permissions.keep")}</Button>
        </>
      }
    >
      <div className="perm-form">
        <Radio.Group className="perm-form" value={some} onChange={(event) => setSome(event.target.value as boolean)}>
          <Radio value={false} autoFocus>{t(`visibility.${everybody(place)}`)}</Radio>
          <Radio value={true}>{t("visibility.some")}</Radio>
        </Radio.Group>
        {some ? <AudienceLists audience={audience} roles={roles} onChange={setAudience} /> : null}
        <p role="alert" className="design-problem">{change.isError ? errorText(change.error) : ""}</p>
      </div>
    </Dialog>
  );
}

/** By whom a workflow starts: everybody, or those of some roles, departments and organisations, and single people. */
import { tidied, type Audience } from "@/model/design/audience";
import { Dialog } from "@/ui/Dialog";
import { Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoleFacts } from "../permissions/calls";
import { AudienceLists } from "../visibility/AudienceLists";

interface Props {
  readonly title: string;
  /** The words for everybody, who may unless some are named. */
  readonly everybody: string;
  readonly value: Audience | null;
  readonly roles: readonly Pick<RoleFacts, "key" | "label">[];
  readonly onSave: (audience: Audience | null) => void;
  readonly onClose: () => void;
}

export default function StartPeopleDialog({ title, everybody, value, roles, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [some, setSome] = useState(value !== null);
  const [audience, setAudience] = useState<Audience>(value ?? {});
  const save = (): void => {
    onSave(some ? tidied(audience) : null);
    onClose();
  };
  return (
    <Dialog
      title={title}
      className="perm-members"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" onClick={save}>{t("flow.expression.take")}</Button>
        </>
      }
    >
      <div className="perm-form">
        <Radio.Group className="perm-form" value={some} onChange={(event) => setSome(event.target.value as boolean)}>
          <Radio value={false} autoFocus>{everybody}</Radio>
          <Radio value={true}>{t("visibility.some")}</Radio>
        </Radio.Group>
        {some ? <AudienceLists audience={audience} roles={roles} onChange={setAudience} /> : null}
      </div>
    </Dialog>
  );
}

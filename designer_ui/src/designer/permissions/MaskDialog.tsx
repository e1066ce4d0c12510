/** How much of a text is shown. */
import type { Mask } from "@/model/design/permissions";
import { Dialog } from "@/ui/Dialog";
import { Button, InputNumber } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { sample } from "./FieldCell";

const MOST = 20;

export default function MaskDialog({ field, mask, onClose, onSave }: { field: string; mask: Mask; onClose: () => void; onSave: (mask: Mask) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [first, setFirst] = useState(mask.first ?? 0);
  const [last, setLast] = useState(mask.last ?? 0);
  const save = (): void => {
    onSave({ first, last });
    onClose();
  };
  return (
    <Dialog
      title={t("permissions.mask.change", { field })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" onClick={save}>{t("permissions.keep")}</Button>
        </>
      }
    >
      <form className="perm-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <label htmlFor={`${id}-first`}>{t("permissions.mask.first")}</label>
        <InputNumber id={`${id}-first`} autoFocus min={0} max={MOST} precision={0} value={first} onChange={(value) => setFirst(value ?? 0)} />
        <label htmlFor={`${id}-last`}>{t("permissions.mask.last")}</label>
        <InputNumber id={`${id}-last`} min={0} max={MOST} precision={0} value={last} onChange={(value) => setLast(value ?? 0)} />
        <p className="muted">{t("permissions.mask.help")}</p>
        <p role="status">{t("permissions.mask.sample", { text: sample({ first, last }) })}</p>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

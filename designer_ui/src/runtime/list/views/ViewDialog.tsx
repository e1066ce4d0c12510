/** Asks for a view's name and whether everybody may use it. */
import { useErrorText } from "@/ui/ErrorView";
import { Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly kind: "save_as" | "rename";
  readonly name: string;
  readonly onClose: () => void;
  readonly onFinish: (name: string, shared: boolean) => Promise<void>;
}

const LONGEST_NAME = 60;

export function ViewDialog({ kind, name: first, onClose, onFinish }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [name, setName] = useState(first);
  const [shared, setShared] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState("");
  const finish = async (): Promise<void> => {
    if (name.trim() === "") return setProblem(t("list.view.nameMissing"));
    setSaving(true);
    try {
      await onFinish(name.trim(), shared);
    } catch (error) {
      setProblem(errorText(error));
      setSaving(false);
    }
  };
  return (
    <Modal
      open
      width={420}
      title={kind === "rename" ? t("list.view.rename") : t("list.view.saveAs")}
      okText={t("ui.save")}
      cancelText={t("ui.cancel")}
      confirmLoading={saving}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <div className="list-dialog">
        <label htmlFor="view-name">{t("list.view.name")}</label>
        <Input
          id="view-name"
          autoFocus
          value={name}
          maxLength={LONGEST_NAME}
          aria-describedby="view-problem"
          status={problem ? "error" : ""}
          onChange={(event) => {
            setName(event.target.value);
            setProblem("");
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) void finish();
          }}
        />
        <span id="view-problem" className="list-problem" role="alert">{problem}</span>
        {kind === "save_as" ? (
          <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
            {t("list.view.shareOnSave")}
          </Checkbox>
        ) : null}
      </div>
    </Modal>
  );
}

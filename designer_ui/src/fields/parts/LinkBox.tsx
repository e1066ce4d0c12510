import { IconCheck, IconX } from "@tabler/icons-react";
import { Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { linkAddress } from "./linkAddress";

/** Asks for a link's address above the text: Enter takes it, Escape gives up. */
export function LinkBox({ label, onDone }: { label: string; onDone: (address: string | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const finish = () => {
    const address = linkAddress(text);
    if (address) onDone(address);
    else setWrong(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") finish();
    else onDone(null);
  };
  return (
    <div className="f-link">
      <Input
        autoFocus
        value={text}
        aria-label={label}
        placeholder="https://"
        status={wrong ? "error" : ""}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={onKeyDown}
      />
      <IconButton label={t("fields.rich.setLink")} onClick={finish}><IconCheck size={16} aria-hidden /></IconButton>
      <IconButton label={t("ui.cancel")} onClick={() => onDone(null)}><IconX size={16} aria-hidden /></IconButton>
      {wrong ? <p role="alert" className="f-error">{t("fields.rich.wrongLink")}</p> : null}
    </div>
  );
}

import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import type { PasswordLink } from "../types";

/** Where somebody chooses a password by this token; what stands behind # is never sent along. */
export const linkAddress = (link: PasswordLink): string => `${window.location.origin}/password#${link.token ?? ""}`;

/** Copies text; false where the browser allows it only by hand. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A text to hand on, with a button that copies it. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    input.current?.select();
    if (!(await copyText(text))) return;
    setCopied(true);
    announce(t("settings.copied"));
  };
  return (
    <div className="set-copy">
      <Input ref={input} readOnly value={text} aria-label={label} onFocus={(event) => event.target.select()} />
      <Button onClick={() => void copy()}>
        {copied ? t("settings.copied") : t("settings.copy")}
      </Button>
    </div>
  );
}

import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useSaveRole } from "../calls";
import { Field, issueAt } from "../parts/Field";
import type { Role } from "../types";

/** A key made of the English name, or of a number where that gives none. */
export function keyFor(name: string, taken: readonly string[]): string {
  const base = name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 36) || "role";
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}_${count}`;
    if (!taken.includes(key)) return key;
  }
}

interface Props {
  readonly role: Role | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** The names of a role in both languages; its key is made of the first and never changes. */
export function RoleDialog({ role, taken, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const save = useSaveRole();
  const [en, setEn] = useState(role?.label.en ?? "");
  const [zh, setZh] = useState(role?.label.zh ?? "");
  const label = { ...(en.trim() ? { en } : {}), ...(zh.trim() ? { zh } : {}) };
  const run = (): void =>
    save.mutate({ key: role?.key ?? keyFor(en, taken), label }, {
      onSuccess: () => {
        announce(t("settings.roles.saved", { name: en || zh }));
        onClose();
      },
    });
  const known = issueAt(save.error, "/label");
  return (
    <Dialog
      title={role ? t("settings.roles.edit") : t("settings.roles.add")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={save.isPending} onClick={run}>{role ? t("ui.save") : t("ui.create")}</Button>
        </>
      }
    >
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); run(); }}>
        <Field id={`${id}-en`} label={t("settings.roles.english")}>
          <Input id={`${id}-en`} autoFocus value={en} maxLength={100} onChange={(event) => setEn(event.target.value)} />
        </Field>
        <Field id={`${id}-zh`} label={t("settings.roles.chinese")} help={t("settings.roles.oneIsEnough")} issue={known}>
          <Input id={`${id}-zh`} value={zh} maxLength={100} onChange={(event) => setZh(event.target.value)} />
        </Field>
        {save.isError && !known ? <p className="set-issue" role="alert">{issueAt(save.error, "/key") ?? errorText(save.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

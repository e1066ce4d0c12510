import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { Field, issueAt } from "../parts/Field";
import { usePutSecret, type Secret } from "./calls";

/** A new secret, or another value for one that is `known`; the value is shown to nobody afterwards. */
export function SecretDialog({ known, onClose }: { readonly known: Secret | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const save = usePutSecret();
  const [name, setName] = useState(known?.name ?? "");
  const [value, setValue] = useState("");
  const [hosts, setHosts] = useState((known?.hosts ?? []).join(", "));
  const given = hosts.split(/[\s,，;；]+/).filter(Boolean);
  const complete = name !== "" && value !== "" && given.length > 0;
  const wrongName = issueAt(save.error, "/name");
  const wrongValue = issueAt(save.error, "/value");
  const wrongHosts = issueAt(save.error, "/hosts");
  const run = (): void => {
    if (!complete) return;
    save.mutate({ name, value, hosts: given }, {
      onSuccess: () => {
        announce(t("webhooks.secret.saved", { name }));
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={known === null ? t("webhooks.secret.add") : t("webhooks.secret.changeNamed", { name: known.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={save.isPending} disabled={!complete} onClick={run}>{t("ui.save")}</Button>
        </>
      }
    >
      <form className="set-form" autoComplete="off" onSubmit={(event) => { event.preventDefault(); run(); }}>
        {known === null ? (
          <Field id={`${id}-name`} label={t("webhooks.secret.name")} help={t("webhooks.secret.nameHelp")} issue={wrongName}>
            <Input id={`${id}-name`} autoFocus spellCheck={false} value={name} maxLength={60} onChange={(event) => setName(event.target.value.toUpperCase().replace(/[^A-Z0-9_]/g, "_"))} />
          </Field>
        ) : null}
        <Field id={`${id}-value`} label={t("webhooks.secret.value")} help={t("webhooks.secret.valueHelp")} issue={wrongValue}>
          <Input.Password id={`${id}-value`} autoFocus={known !== null} autoComplete="new-password" spellCheck={false} value={value} maxLength={4000} onChange={(event) => setValue(event.target.value)} />
        </Field>
        <Field id={`${id}-hosts`} label={t("webhooks.secret.hosts")} help={t("webhooks.secret.hostsHelp")} issue={wrongHosts}>
          <Input id={`${id}-hosts`} spellCheck={false} placeholder="erp.example.com" value={hosts} maxLength={2000} onChange={(event) => setHosts(event.target.value)} />
        </Field>
        {save.isError && !wrongName && !wrongValue && !wrongHosts ? <p className="set-issue" role="alert">{errorText(save.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

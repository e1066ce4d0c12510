import { IconPlus } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, useApp, useApps, type FieldInfo, type Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { personId } from "../access/person";
import { useDelegate, useDelegations, type Delegation } from "./delegations";

/** Who decides for me while I am away. */
export function DelegationList() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const found = useDelegations();
  const end = useDelegate();
  const [adding, setAdding] = useState(false);
  const stop = (one: Delegation) =>
    ask({
      title: t("delegation.endTitle", { name: one.to.name }),
      okText: t("delegation.end"),
      onOk: () => end.mutateAsync(one.id).then(() => announce(t("delegation.ended")), (error: unknown) => showToast({ text: errorText(error) })),
    });
  return (
    <section aria-label={t("delegation.title")}>
      <h2>{t("delegation.title")}</h2>
      <p className="muted">{t("delegation.help")}</p>
      {found.isError ? <ErrorView part error={found.error} onRetry={found.refetch} /> : null}
      {found.isPending ? <Skeleton lines={2} /> : null}
      <ul>
        {(found.data?.delegations ?? []).map((one) => (
          <li key={one.id}>
            <Row one={one} name={one.to.name} />
            <Button aria-label={t("delegation.endOf", { name: one.to.name })} onClick={() => stop(one)}>{t("delegation.end")}</Button>
          </li>
        ))}
        {(found.data?.for_me ?? []).map((one) => <li key={one.id}><Row one={one} name={t("delegation.of", { name: one.of.name })} /></li>)}
      </ul>
      <Button icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("delegation.add")}</Button>
      {adding ? <DelegationDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function Row({ one, name }: { one: Delegation; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const app = useApp(one.app ?? "").data;
  const forms = (one.forms ?? []).map((key) => format.label(app?.forms[key]?.label) || key).join(", ");
  const span = one.until ? t("delegation.span", { from: format.date(one.from), until: format.date(one.until) }) : t("delegation.since", { from: format.date(one.from) });
  return (
    <div>
      <strong>{name}</strong> {one.active ? <Tag color="green">{t("delegation.active")}</Tag> : null}
      <p className="muted">{[span, forms || (one.app ? format.label(app?.label) || one.app : t("delegation.everything"))].join(" · ")}</p>
    </div>
  );
}

function DelegationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const id = useId();
  const apps = useApps().data ?? [];
  const add = useDelegate();
  const [person, setPerson] = useState<Json>(null);
  const [from, setFrom] = useState<Json>(null);
  const [until, setUntil] = useState<Json>(null);
  const [app, setApp] = useState<string | undefined>();
  const [forms, setForms] = useState<string[]>([]);
  const info = useApp(app ?? "").data;
  const to = personId(person);
  const issues = add.error instanceof ApiError ? add.error.issues.map(({ message }) => message) : [];
  const send = () => {
    if (to === null || typeof from !== "string") return;
    add.mutate(
      { to, from, until: typeof until === "string" ? until : undefined, app, forms: forms.length ? forms : undefined },
      {
        onSuccess: () => {
          announce(t("delegation.added"));
          onClose();
        },
      },
    );
  };
  const input = (name: string, type: string, value: Json, set: (next: Json) => void, autoFocus = false) => {
    const field: FieldInfo = { type, label: { en: t(`delegation.${name}`), zh: t(`delegation.${name}`) }, settings: {} };
    return (
      <div className="form-field">
        <label htmlFor={`${id}-${name}`} className="form-label">{t(`delegation.${name}`)}</label>
        <FieldInput id={`${id}-${name}`} value={value} onChange={set} field={field} place={{ app: "", form: "", field: name }} label={t(`delegation.${name}`)} autoFocus={autoFocus} />
      </div>
    );
  };
  return (
    <Dialog
      title={t("delegation.add")}
      onClose={add.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={add.isPending}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={add.isPending} disabled={to === null || typeof from !== "string"} onClick={send}>{t("delegation.save")}</Button>
        </>
      }
    >
      <div className="delegation-form">
        {input("to", "user", person, setPerson, true)}
        {input("from", "date", from, setFrom)}
        {input("until", "date", until, setUntil)}
        <div className="form-field">
          <label htmlFor={`${id}-app`} className="form-label">{t("delegation.app")}</label>
          <Select id={`${id}-app`} className="f-fill" allowClear placeholder={t("delegation.everything")} value={app} options={apps.map((one) => ({ value: one.key, label: format.label(one.label) }))} onChange={(next: string | undefined) => { setApp(next); setForms([]); }} />
        </div>
        {info ? (
          <div className="form-field">
            <label htmlFor={`${id}-forms`} className="form-label">{t("delegation.forms")}</label>
            <Select id={`${id}-forms`} className="f-fill" mode="multiple" placeholder={t("delegation.everyForm")} value={forms} options={Object.entries(info.forms).map(([key, form]) => ({ value: key, label: format.label(form.label) }))} showSearch={{ optionFilterProp: "label" }} onChange={setForms} />
          </div>
        ) : null}
        <p role="alert" className="form-issue">{add.isError ? issues.join(" ") || errorText(add.error) : ""}</p>
      </div>
    </Dialog>
  );
}

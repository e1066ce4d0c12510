import { Button, Input, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, useApps } from "@/api";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { useMakeKey } from "./calls";
import "./keys.css";

const DAY = 86_400_000;
/** After how many days a key may end; 0 is never. */
const LIVES = [30, 90, 365, 0] as const;

/** Asks what a new key may do, then shows it this once. `place` is where it is made, `of` for whom. */
export function NewKeyDialog({ place, of, onClose }: { place: string; of?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const make = useMakeKey(place);
  if (make.data) return <Token token={make.data.token} onClose={onClose} />;
  return <KeyForm make={make} title={of ? t("keys.newOf", { name: of }) : t("keys.new")} onClose={onClose} />;
}

function KeyForm({ make, title, onClose }: { make: ReturnType<typeof useMakeKey>; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const format = useFormat();
  const errorText = useErrorText();
  const apps = useApps();
  const [name, setName] = useState("");
  const [writes, setWrites] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<number>(90);
  const issues = make.error instanceof ApiError ? make.error.issues : [];
  const issue = issues.find((one) => one.path === "/name")?.message;
  const run = (): void =>
    make.mutate({ name, writes, apps: chosen.length ? chosen : null, expires_at: days ? new Date(Date.now() + days * DAY).toISOString() : null });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={make.isPending} onClick={run}>{t("keys.make")}</Button>
        </>
      }
    >
      <form className="keys-form" onSubmit={(event) => { event.preventDefault(); run(); }}>
        <div>
          <label htmlFor={`${id}-name`}>{t("keys.name")}</label>
          <Input id={`${id}-name`} autoFocus value={name} maxLength={100} placeholder={t("keys.nameHint")} status={issue ? "error" : ""} onChange={(event) => setName(event.target.value)} />
          {issue ? <p className="wrong" role="alert">{issue}</p> : null}
        </div>
        <div>
          <label htmlFor={`${id}-writes`}>{t("keys.may")}</label>
          <Select id={`${id}-writes`} value={writes} onChange={setWrites} options={[{ value: false, label: t("keys.reads") }, { value: true, label: t("keys.writes") }]} />
        </div>
        <div>
          <label htmlFor={`${id}-apps`}>{t("keys.apps")}</label>
          <Select id={`${id}-apps`} mode="multiple" value={[...chosen]} placeholder={t("keys.allApps")} onChange={setChosen} options={(apps.data ?? []).map((app) => ({ value: app.key, label: format.label(app.label) }))} />
        </div>
        <div>
          <label htmlFor={`${id}-ends`}>{t("keys.life")}</label>
          <Select<number> id={`${id}-ends`} value={days} onChange={setDays} options={LIVES.map((one) => ({ value: one, label: one ? t("keys.days", { count: one }) : t("keys.endsNever") }))} />
        </div>
        {make.isError && !issue ? <p className="wrong" role="alert">{issues[0]?.message ?? errorText(make.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function Token({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => {
        setCopied(true);
        announce(t("keys.copied"));
      },
      // Where the browser allows it only by hand, the text is there to be marked.
      () => undefined,
    );
  return (
    <Dialog title={t("keys.made")} footer={<Button type="primary" onClick={onClose}>{t("keys.kept")}</Button>}>
      <div className="keys-form">
        <p>{t("keys.once")}</p>
        <div className="keys-token">
          <Input readOnly autoFocus value={token} aria-label={t("keys.key")} onFocus={(event) => event.target.select()} />
          <Button onClick={() => void copy()}>{copied ? t("keys.copied") : t("keys.copy")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

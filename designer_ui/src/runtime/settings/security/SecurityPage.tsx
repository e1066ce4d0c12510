import { Button, InputNumber } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useTitle } from "@/ui/useTitle";
import { issueAt } from "../parts/Field";
import { LEAST, MOST, useChangePolicy, useSignInRules, type SignInRules } from "./calls";

/** What the workspace asks of passwords, and what holds for signing in anyway. */
export function SecurityPage() {
  const { t } = useTranslation();
  const rules = useSignInRules();
  useTitle(t("settings.security.title"));
  return (
    <>
      <header className="set-head"><h1>{t("settings.security.title")}</h1></header>
      <p className="set-lead">{t("settings.security.lead")}</p>
      {rules.error ? <ErrorView part error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.isPending ? <Skeleton lines={6} /> : null}
      {rules.data ? <Policy key={rules.data.shortest} rules={rules.data} /> : null}
      {rules.data ? <Always rules={rules.data} /> : null}
    </>
  );
}

function Policy({ rules }: { rules: SignInRules }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const change = useChangePolicy();
  const [shortest, setShortest] = useState<number | null>(rules.shortest);
  const changed = shortest !== null && shortest !== rules.shortest;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (changed) change.mutate(shortest, { onSuccess: () => announce(t("settings.security.saved")) });
  };
  return (
    <section className="set-keys" aria-labelledby={`${id}-title`}>
      <form className="set-form" onSubmit={save}>
        <h2 id={`${id}-title`}>{t("settings.security.passwords")}</h2>
        <div className="set-field">
          <label htmlFor={`${id}-shortest`}>{t("settings.security.shortest")}</label>
          <span className="set-line set-start">
            <InputNumber id={`${id}-shortest`} min={LEAST} max={MOST} precision={0} value={shortest} onChange={setShortest} aria-describedby={`${id}-effect`} />
            <Button type="primary" htmlType="submit" disabled={!changed} loading={change.isPending}>{t("ui.save")}</Button>
          </span>
          <p id={`${id}-effect`} className="muted">{changed && shortest > rules.shortest ? t("settings.security.longer", { count: shortest }) : t("settings.security.effect", { least: LEAST, most: MOST })}</p>
          {change.isError ? <p className="set-issue" role="alert">{issueAt(change.error, "/shortest") ?? errorText(change.error)}</p> : null}
        </div>
      </form>
    </section>
  );
}

/** What no workspace can switch off. */
function Always({ rules }: { rules: SignInRules }) {
  const { t } = useTranslation();
  return (
    <section className="set-keys set-facts">
      <h2>{t("settings.security.always")}</h2>
      <ul>
        <li>{t("settings.security.common")}</li>
        <li>{t("settings.security.ofName")}</li>
        <li>{t("settings.security.locked", { count: rules.wrong_passwords, first: rules.first_lock_minutes, longest: rules.longest_lock_minutes })} <Link to="/settings/people">{t("settings.security.unlock")}</Link></li>
        <li>{t("settings.security.links", { count: rules.link_days })}</li>
        <li>{t("settings.security.sessions", { count: rules.session_days })}</li>
        <li>{t("settings.security.noExpiry")}</li>
      </ul>
    </section>
  );
}

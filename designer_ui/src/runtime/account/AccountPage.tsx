import { Button, Input, Select } from "antd";
import { lazy, Suspense, useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, useSavePreferences, useSession, type Session } from "@/api";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { usePreferences, type LanguageCode } from "@/ui/preferences";
import { showToast } from "@/ui/toast";
import { useTitle } from "@/ui/useTitle";
import { useChangePassword, useShortest } from "./calls";
import { Sessions } from "./Sessions";
import "./account.css";

/** Few people have keys: they come with words of their own, below everything else. */
const OwnKeys = lazy(async () => {
  const [part, texts] = await Promise.all([import("../keys/OwnKeys"), import("../keys/texts")]);
  await texts.loadKeyTexts();
  return { default: part.OwnKeys };
});

const Delegations = lazy(async () => {
  const [part, texts] = await Promise.all([import("../tasks/DelegationList"), import("../tasks/texts")]);
  await texts.loadTaskTexts();
  return { default: part.DelegationList };
});

const KeptSignature = lazy(async () => {
  const [part, texts] = await Promise.all([import("../tasks/signing/KeptSignature"), import("../tasks/texts")]);
  await texts.loadTaskTexts();
  return { default: part.KeptSignature };
});

/** One's own account: who one is, the password, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation();
  const session = useSession();
  useTitle(t("account.title"));
  const user = session.data?.user;
  if (!user) return null;
  return (
    <div className="account">
      <h1>{t("account.title")}</h1>
      <Profile user={user} />
      <Password email={user.email} />
      <Sessions />
      <Suspense fallback={null}><Delegations /></Suspense>
      <Suspense fallback={null}><KeptSignature /></Suspense>
      <Suspense fallback={null}><OwnKeys /></Suspense>
    </div>
  );
}

function Profile({ user }: { user: NonNullable<Session["user"]> }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const save = useSavePreferences();
  const { language, setLanguage } = usePreferences();
  const [name, setName] = useState(user.name);
  const issue = save.error instanceof ApiError ? save.error.issues[0]?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim() }, { onSuccess: () => announce(t("account.saved")) });
  };
  const choose = (next: LanguageCode) => {
    setLanguage(next);
    save.mutate({ language: next }, { onError: (error) => showToast({ text: errorText(error) }) });
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t("account.profile")}</h2>
      <form onSubmit={submit}>
        <label htmlFor={`${id}-name`}>{t("account.name")}</label>
        <div className="account-row">
          <Input id={`${id}-name`} value={name} maxLength={100} autoComplete="name" onChange={(event) => setName(event.target.value)} />
          <Button htmlType="submit" disabled={name.trim() === user.name} loading={save.isPending}>{t("ui.save")}</Button>
        </div>
        {save.isError ? <p className="account-wrong" role="alert">{issue ?? errorText(save.error)}</p> : null}
        <p className="muted">{user.email}</p>
      </form>
      <label htmlFor={`${id}-language`}>{t("account.language")}</label>
      <Select id={`${id}-language`} value={language} onChange={choose} options={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} />
    </section>
  );
}

function Password({ email }: { email: string }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const change = useChangePassword();
  const shortest = useShortest().data;
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const issues = change.error instanceof ApiError ? change.error.issues : [];
  const issue = (path: string) => issues.find((one) => one.path === path)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, password }, {
      onSuccess: () => {
        setCurrent("");
        setPassword("");
        showToast({ text: t("account.passwordChanged") });
      },
    });
  };
  const field = (key: "current" | "password", label: string, value: string, set: (text: string) => void, complete: string) => (
    <>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <Input.Password id={`${id}-${key}`} size="large" required autoComplete={complete} value={value} status={issue(`/${key}`) ? "error" : ""} onChange={(event) => set(event.target.value)} />
      {issue(`/${key}`) ? <p className="account-wrong" role="alert">{issue(`/${key}`)}</p> : null}
    </>
  );
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t("account.password")}</h2>
      <form onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {field("current", t("account.current"), current, setCurrent, "current-password")}
        {field("password", t("account.choose.password"), password, setPassword, "new-password")}
        {change.isError && issues.length === 0 ? <p className="account-wrong" role="alert">{errorText(change.error)}</p> : null}
        <p className="muted account-rule">{shortest === undefined ? "" : t("account.choose.rule", { count: shortest })}</p>
        <p className="muted">{t("account.passwordHelp")}</p>
        <Button htmlType="submit" type="primary" loading={change.isPending}>{t("account.change")}</Button>
      </form>
    </section>
  );
}

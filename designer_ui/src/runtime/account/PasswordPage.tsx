import { IconLinkOff } from "@tabler/icons-react";
import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { ApiError } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { useTitle } from "@/ui/useTitle";
import { SignInFrame } from "../signin/SignInFrame";
import { useChoosePassword, usePasswordLinkInfo, type PasswordLinkInfo } from "./calls";

/** Where a one-time link leads: somebody who was invited, or forgot it, chooses a password. */
export function PasswordPage() {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const token = hash.slice(1);
  const link = usePasswordLinkInfo(token);
  useTitle(link.data?.invited ? t("account.choose.titleInvited", { name: link.data.name }) : t("account.choose.titleReset"));
  if (link.isPending) return null;
  if (link.isError) {
    return link.error instanceof ApiError && link.error.status === 404 ? <VoidLink /> : <ErrorView error={link.error} onRetry={link.refetch} />;
  }
  return <PasswordForm token={token} link={link.data} />;
}

function VoidLink() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState heading="h1" icon={<IconLinkOff size={24} />} title={t("account.choose.void")} actions={<Link to="/signin">{t("account.choose.toSignIn")}</Link>}>
        {t("account.choose.voidHelp")}
      </EmptyState>
    </main>
  );
}

function PasswordForm({ token, link }: { token: string; link: PasswordLinkInfo }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const choose = useChoosePassword();
  const id = useId();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDiffers(password !== again);
    if (password !== again) return choose.reset();
    choose.mutate({ token, password }, { onSuccess: () => void navigate("/", { replace: true }) });
  };
  const issues = choose.error instanceof ApiError ? choose.error.issues.map((issue) => issue.message).join(" ") : "";
  const wrong = differs ? t("account.choose.differ") : choose.isError ? issues || errorText(choose.error) : "";
  const described = { "aria-describedby": `${id}-rule ${id}-wrong`, status: wrong ? ("error" as const) : ("" as const) };
  return (
    <SignInFrame
      title={link.invited ? t("account.choose.titleInvited", { name: link.name }) : t("account.choose.titleReset")}
      lead={link.invited ? t("account.choose.leadInvited", { email: link.email, workspace: link.workspace }) : t("account.choose.leadReset", { email: link.email })}
    >
      <form className="signin-form" onSubmit={submit}>
        {/* For the browser's own memory of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
        <label htmlFor={`${id}-password`}>{t("account.choose.password")}</label>
        <p id={`${id}-rule`} className="muted">{t("account.choose.rule", { count: link.shortest })}</p>
        <Input.Password id={`${id}-password`} size="large" required autoFocus autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} {...described} />
        <label htmlFor={`${id}-again`}>{t("account.choose.again")}</label>
        <Input.Password id={`${id}-again`} size="large" required autoComplete="new-password" value={again} onChange={(event) => setAgain(event.target.value)} {...described} />
        <p id={`${id}-wrong`} role="alert" className="signin-error">{wrong}</p>
        <Button type="primary" size="large" htmlType="submit" block loading={choose.isPending}>{t("account.choose.save")}</Button>
      </form>
    </SignInFrame>
  );
}

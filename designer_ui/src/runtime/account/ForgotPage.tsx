import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useErrorText } from "@/ui/ErrorView";
import { useTitle } from "@/ui/useTitle";
import { SignInFrame } from "../signin/SignInFrame";
import { useForgotPassword } from "./calls";

/** Asks for a link to a new password; the answer is the same whether there is such an account or not. */
export function ForgotPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const forgot = useForgotPassword();
  const id = useId();
  const [email, setEmail] = useState("");
  useTitle(t("account.forgot.title"));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    forgot.mutate(email.trim());
  };
  return (
    <SignInFrame title={t("account.forgot.title")} lead={t("account.forgot.lead")}>
      {forgot.isSuccess ? (
        <p role="status">{t("account.forgot.sent", { email: email.trim() })}</p>
      ) : (
        <form className="signin-form" onSubmit={submit}>
          <label htmlFor={id}>{t("signin.email")}</label>
          <Input id={id} type="email" size="large" required autoFocus autoComplete="username" value={email} onChange={(event) => setEmail(event.target.value)} />
          <p role="alert" className="signin-error">{forgot.isError ? errorText(forgot.error) : ""}</p>
          <Button type="primary" size="large" htmlType="submit" block loading={forgot.isPending}>{t("account.forgot.send")}</Button>
        </form>
      )}
      <p><Link to="/signin" className="signin-forgot">{t("account.choose.toSignIn")}</Link></p>
    </SignInFrame>
  );
}

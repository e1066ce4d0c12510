import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { ApiError, useSetup } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useTitle } from "@/ui/useTitle";
import { SignInFrame } from "./SignInFrame";

/** The first administrator, by the one-time link the server printed. */
export function SetupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const errorText = useErrorText();
  const setup = useSetup();
  const id = useId();
  const [who, setWho] = useState({ name: "", email: "", password: "" });
  useTitle(t("signin.setup.title"));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate({ ...who, token: search.get("token") ?? "" }, { onSuccess: () => void navigate("/", { replace: true }) });
  };
  const issue = (field: string) =>
    setup.error instanceof ApiError ? setup.error.issues.find((one) => one.path === `/${field}`)?.message : undefined;
  const field = (key: keyof typeof who, label: string, input: typeof Input | typeof Input.Password, rest: object) => {
    const Control = input as typeof Input;
    const wrong = issue(key);
    return (
      <>
        <label htmlFor={`${id}-${key}`}>{label}</label>
        <Control
          id={`${id}-${key}`}
          size="large"
          required
          value={who[key]}
          status={wrong ? "error" : ""}
          aria-describedby={wrong ? `${id}-${key}-error` : undefined}
          onChange={(event) => setWho({ ...who, [key]: event.target.value })}
          {...rest}
        />
        {wrong ? <p id={`${id}-${key}-error`} className="signin-error">{wrong}</p> : null}
      </>
    );
  };
  return (
    <SignInFrame title={t("signin.setup.title")} lead={t("signin.setup.lead")}>
      <form className="signin-form" onSubmit={submit}>
        {field("name", t("signin.setup.name"), Input, { autoFocus: true, autoComplete: "name" })}
        {field("email", t("signin.email"), Input, { type: "email", autoComplete: "username" })}
        {field("password", t("signin.password"), Input.Password, { autoComplete: "new-password", minLength: 10 })}
        <p role="alert" className="signin-error">{setup.isError ? errorText(setup.error) : ""}</p>
        <Button type="primary" size="large" htmlType="submit" block loading={setup.isPending}>{t("signin.setup.create")}</Button>
      </form>
    </SignInFrame>
  );
}

import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSignIn, type DemoUser, type Session } from "@/api";
import { demoChoices } from "@/model/demo_users";
import { Avatar } from "@/ui/Avatar";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";

/** Every demo user's password; the server accepts it in demo mode only. */
const DEMO_PASSWORD = "joinery-demo";

interface Props {
  readonly demoUsers: readonly DemoUser[];
  readonly onDone: (session: Session) => void;
}

export function SignInForm({ demoUsers, onDone }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const signIn = useSignIn();
  const id = useId();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = (who: { email: string; password: string }) => signIn.mutate(who, { onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter({ email: email.trim(), password });
  };
  return (
    <>
      <form className="signin-form" onSubmit={submit}>
        <label htmlFor={`${id}-email`}>{t("signin.email")}</label>
        <Input
          id={`${id}-email`}
          type="email"
          size="large"
          autoFocus
          required
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <label htmlFor={`${id}-password`}>{t("signin.password")}</label>
        <Input.Password
          id={`${id}-password`}
          size="large"
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <p role="alert" className="signin-error">{signIn.isError ? errorText(signIn.error) : ""}</p>
        <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>{t("signin.signIn")}</Button>
        <a className="signin-forgot" href="/forgot">{t("signin.forgot")}</a>
      </form>
      {demoUsers.length > 0 ? (
        <DemoUsers users={demoChoices(demoUsers)} disabled={signIn.isPending} onChoose={(chosen) => enter({ email: chosen, password: DEMO_PASSWORD })} />
      ) : null}
    </>
  );
}

function DemoUsers({ users, disabled, onChoose }: { users: readonly DemoUser[]; disabled: boolean; onChoose: (email: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="signin-demo" aria-labelledby="signin-demo">
      <h2 id="signin-demo">{t("signin.demo")}</h2>
      <ul>
        {users.map((user) => (
          <li key={user.email}>
            <button type="button" disabled={disabled} onClick={() => onChoose(user.email)}>
              <Avatar name={format.label(user.label)} size="big" />
              <span>
                <strong>{format.label(user.label)}</strong>
                <small className="ellipsis">{user.email}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

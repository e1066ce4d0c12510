import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useSession } from "@/api";
import { safeNext } from "@/model/next";
import { ErrorView } from "@/ui/ErrorView";
import { useTitle } from "@/ui/useTitle";
import { SignInForm } from "./SignInForm";
import { SignInFrame } from "./SignInFrame";

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const session = useSession();
  const next = safeNext(search.get("next"));
  useTitle(t("signin.title"));
  const ready = session.isSuccess;
  useEffect(() => {
    // The code of what comes next is on its way while the person types.
    if (ready) void import("../shell/Shell");
  }, [ready]);
  if (session.isPending) return null;
  if (session.isError) return <ErrorView error={session.error} onRetry={session.refetch} />;
  if (session.data.user) return <Navigate to={next} replace />;
  return (
    <SignInFrame title={t("signin.title")} lead={session.data.setup_needed ? t("signin.setupNeeded") : t("signin.lead")}>
      <SignInForm demoUsers={session.data.demo ? (session.data.demo_users ?? []) : []} onDone={() => void navigate(next, { replace: true })} />
    </SignInFrame>
  );
}

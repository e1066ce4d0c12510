import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { SignInForm } from "./SignInForm";
import "./signin.css";

/** Over the page, so that what was typed is still there after signing in again. */
export default function SessionEnded({ userId, onReturn }: { userId: number; onReturn: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useSession();
  return (
    <Dialog title={t("signin.ended")} className="signin-again">
      <p className="muted">{t("signin.endedHelp")}</p>
      <SignInForm
        demoUsers={session.data?.demo ? (session.data.demo_users ?? []) : []}
        onDone={({ user }) => {
          // Somebody else must not see what is on the screen.
          if (user?.id !== userId) window.location.reload();
          onReturn();
          void client.invalidateQueries({ predicate: (query) => query.state.status === "error" });
        }}
      />
    </Dialog>
  );
}

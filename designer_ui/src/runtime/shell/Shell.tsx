import { Suspense, lazy, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation, useNavigate, useParams } from "react-router";
import { SWITCHED, useSavePreferences, useSession, whenProposed, whenSignedOut, type Session } from "@/api";
import { ErrorBoundary } from "@/ui/ErrorBoundary";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { asLanguage, asTheme, usePreferences } from "@/ui/preferences";
import { useNarrow } from "@/ui/useMedia";
import { NavigationDrawer } from "./NavigationDrawer";
import { Navigation } from "./Navigation";
import { PreviewBanner } from "./PreviewBanner";
import { TopBar } from "./TopBar";
import { useHotkey } from "@/ui/useHotkey";
import { QuickCreateHost } from "../record/QuickCreateHost";
import "./shell.css";

const Palette = lazy(() => import("./Palette"));
const SessionEnded = lazy(() => import("../signin/SessionEnded"));

/**
 * The user's own language and theme, once per sign-in; later changes are made here and saved there.
 * A language chosen on the sign-in page becomes the user's own.
 */
function useUserPreferences(session: Session | undefined): void {
  const id = session?.user?.id;
  const language = asLanguage(session?.user?.language);
  const theme = asTheme(session?.user?.theme);
  const { mutate: save } = useSavePreferences();
  useEffect(() => {
    if (id === undefined) return;
    const { wish, setLanguage, setTheme, forgetWish } = usePreferences.getState();
    if (wish && wish !== language) save({ language: wish });
    else if (language) setLanguage(language);
    if (theme) setTheme(theme);
    forgetWish();
  }, [id, language, theme, save]);
}

/** Another tab went to another workspace, and the session with it: what is shown here is not of this one. */
function useFollowing(): void {
  useEffect(() => {
    const follow = (event: StorageEvent): void => {
      if (event.key === SWITCHED) window.location.assign("/");
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, []);
}

/** Says that what was saved waits for approval, wherever it was saved. */
function useProposals(): void {
  const navigate = useNavigate();
  useEffect(() => {
    whenProposed((run) => void import("../tasks/tellProposed").then(({ tellProposed }) => tellProposed(() => void navigate(`/tasks/runs/${run}`))));
  }, [navigate]);
}

/** The frame of everything a signed-in person sees. */
export function Shell() {
  const session = useSession();
  const location = useLocation();
  const [ended, setEnded] = useState(false);
  useUserPreferences(session.data);
  useFollowing();
  useProposals();
  useEffect(() => {
    whenSignedOut(() => setEnded(true));
    return () => whenSignedOut(() => undefined);
  }, []);
  if (session.isPending) return <div className="shell-waiting"><Skeleton /></div>;
  if (session.isError) return <ErrorView error={session.error} onRetry={session.refetch} />;
  if (!session.data.user) {
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/signin" : `/signin?next=${encodeURIComponent(next)}`} replace />;
  }
  return (
    <>
      <Frame />
      {ended ? (
        <Suspense fallback={null}>
          <SessionEnded userId={session.data.user.id} onReturn={() => setEnded(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function Frame() {
  const { t } = useTranslation();
  const { app = "" } = useParams();
  const { pathname } = useLocation();
  const narrow = useNarrow();
  const [searching, setSearching] = useState(false);
  const [drawer, setDrawer] = useState(false);
  useHotkey("k", () => setSearching(true));
  return (
    <div className="shell">
      <a className="skip" href="#main">{t("shell.skip")}</a>
      <PreviewBanner />
      <TopBar app={app} onSearch={() => setSearching(true)} onMenu={narrow && app ? () => setDrawer(true) : undefined} />
      <div className="shell-body">
        {app && !narrow ? <Navigation app={app} /> : null}
        <main id="main" tabIndex={-1}>
          <ErrorBoundary resetKey={pathname}>
            <Suspense fallback={<Skeleton />}>
              <QuickCreateHost><Outlet /></QuickCreateHost>
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {drawer && narrow ? <NavigationDrawer app={app} onClose={() => setDrawer(false)} /> : null}
      {searching ? (
        <Suspense fallback={null}>
          <Palette app={app} onClose={() => setSearching(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

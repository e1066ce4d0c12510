import { IconArrowsExchange, IconAt, IconBell, IconBuilding, IconCheck, IconDeviceDesktop, IconEye, IconInfoCircle, IconLanguage, IconListCheck, IconLogout, IconMenu2, IconMoon, IconSearch, IconSelector, IconSettings, IconSun, IconUser } from "@tabler/icons-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { administers, useApps, useMentions, useSavePreferences, useSession, useSignOut, useSwitchWorkspace, useTaskCounts, useUnread, useWorkspaces } from "@/api";
import { Avatar } from "@/ui/Avatar";
import { IconButton } from "@/ui/IconButton";
import { IconByName } from "@/ui/IconByName";
import { Logo } from "@/ui/Logo";
import { MenuButton } from "@/ui/MenuButton";
import { useFormat } from "@/ui/format";
import { usePreferences, type LanguageCode, type ThemePreference } from "@/ui/preferences";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { usePhone } from "@/ui/useMedia";

const AboutDialog = lazy(() => import("./AboutDialog"));
const PreviewDialog = lazy(() => import("../access/PreviewDialog"));

interface Props {
  readonly app: string;
  readonly onSearch: () => void;
  readonly onMenu: (() => void) | undefined;
}

export function TopBar({ app, onSearch, onMenu }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  return (
    <header className="topbar">
      {onMenu ? (
        <IconButton label={t("shell.menu")} onClick={onMenu}>
          <IconMenu2 size={20} aria-hidden />
        </IconButton>
      ) : (
        <Link to="/" className="home" aria-label={t("shell.home")}><Logo /></Link>
      )}
      <AppSwitcher app={app} />
      <span className="gap" />
      {phone ? (
        <IconButton label={t("ui.search")} onClick={onSearch}><IconSearch size={18} aria-hidden /></IconButton>
      ) : (
        <button type="button" className="searchbox" onClick={onSearch}>
          <IconSearch size={16} aria-hidden />
          <span className="ellipsis">{t("shell.searchHint")}</span>
          <kbd className="j-kbd">Ctrl K</kbd>
        </button>
      )}
      <span className="gap" />
      <TasksLink />
      {phone ? null : <MentionsLink />}
      <NotificationsLink />
      {phone ? null : <LanguageMenu />}
      {phone ? null : <ThemeMenu />}
      <UserMenu app={app} withPreferences={phone} />
    </header>
  );
}

/** How many tasks wait for me; leads to them. */
function TasksLink() {
  const { t } = useTranslation();
  const count = useTaskCounts().data?.todo ?? 0;
  return <Counted to="/tasks" count={count} label={count ? t("shell.tasks", { count }) : t("shell.noTasks")}><IconListCheck size={18} aria-hidden /></Counted>;
}

/** How many comments mention me that I have not read; leads to them. */
function MentionsLink() {
  const { t } = useTranslation();
  const count = useMentions().data?.unread ?? 0;
  return <Counted to="/mentions" count={count} label={count ? t("shell.mentions", { count }) : t("shell.noMentions")}><IconAt size={18} aria-hidden /></Counted>;
}

/** How many things I was told of that I have not read; leads to them. */
function NotificationsLink() {
  const { t } = useTranslation();
  const count = useUnread().data ?? 0;
  return <Counted to="/notifications" count={count} label={count ? t("shell.notifications", { count }) : t("shell.noNotifications")}><IconBell size={18} aria-hidden /></Counted>;
}

function Counted({ to, count, label, children }: { to: string; count: number; label: string; children: ReactNode }) {
  return (
    <Link to={to} className="j-iconbutton mentions-link" aria-label={label} title={label}>
      {children}
      {count ? <span className="badge num" aria-hidden>{count > 99 ? "99+" : count}</span> : null}
    </Link>
  );
}

function AppSwitcher({ app }: { app: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const apps = useApps();
  const current = apps.data?.find((one) => one.key === app);
  const entries = (apps.data ?? []).map((one) => ({
    key: one.key,
    label: format.label(one.label),
    icon: <IconByName name={one.icon} />,
    checked: one.key === app,
    onSelect: () => void navigate(`/a/${one.key}`),
  }));
  const name = current ? format.label(current.label) : t("shell.apps");
  if (entries.length === 0) return <span className="appname ellipsis">Joinery</span>;
  return (
    <MenuButton label={t("shell.switchApp", { name })} className="appname" groups={[entries]} align="start">
      <span className="ellipsis">{name}</span>
      <IconSelector size={16} aria-hidden />
    </MenuButton>
  );
}

const LANGUAGES: readonly (readonly [LanguageCode, string])[] = [["en", "English"], ["zh-CN", "简体中文"]];

/** Changes show at once; the server is told so that the next sign-in looks the same. */
function usePreferenceEntries() {
  const { t } = useTranslation();
  const save = useSavePreferences();
  const errorText = useErrorText();
  const { language, theme, setLanguage, setTheme } = usePreferences();
  const failed = { onError: (error: unknown) => announce(errorText(error)) };
  const themes: readonly (readonly [ThemePreference, string, typeof IconSun])[] = [
    ["light", t("shell.theme.light"), IconSun],
    ["dark", t("shell.theme.dark"), IconMoon],
    ["system", t("shell.theme.system"), IconDeviceDesktop],
  ];
  return {
    languages: LANGUAGES.map(([key, label]) => ({
      key,
      label,
      checked: language === key,
      onSelect: () => {
        setLanguage(key);
        save.mutate({ language: key }, failed);
      },
    })),
    themes: themes.map(([key, label, Shape]) => ({
      key,
      label,
      icon: <Shape size={16} />,
      checked: theme === key,
      onSelect: () => {
        setTheme(key);
        save.mutate({ theme: key }, failed);
      },
    })),
  };
}

function LanguageMenu() {
  const { t } = useTranslation();
  const { languages } = usePreferenceEntries();
  return (
    <MenuButton label={t("shell.language")} groups={[languages]}>
      <IconLanguage size={18} aria-hidden />
    </MenuButton>
  );
}

function ThemeMenu() {
  const { t } = useTranslation();
  const { themes } = usePreferenceEntries();
  const theme = usePreferences((state) => state.theme);
  const Shape = theme === "dark" ? IconMoon : theme === "light" ? IconSun : IconDeviceDesktop;
  return (
    <MenuButton label={t("shell.theme.title")} groups={[themes]}>
      <Shape size={18} aria-hidden />
    </MenuButton>
  );
}

/** The workspaces of somebody who has several; another one begins with a fresh page. */
function useWorkspaceEntries() {
  const workspaces = useWorkspaces();
  const change = useSwitchWorkspace();
  const errorText = useErrorText();
  return (workspaces.data ?? []).map((one) => ({
    key: `workspace-${one.key}`,
    label: one.name,
    icon: <IconBuilding size={16} />,
    checked: one.current,
    onSelect: () => {
      if (!one.current) change.mutate(one.key, { onError: (error: unknown) => announce(errorText(error)) });
    },
  }));
}

function UserMenu({ app, withPreferences }: { app: string; withPreferences: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const signOut = useSignOut();
  const { languages, themes } = usePreferenceEntries();
  const workspaces = useWorkspaceEntries();
  const [about, setAbout] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const user = session.data?.user;
  if (!user) return null;
  const aboutEntry = { key: "about", label: t("shell.about.title"), icon: <IconInfoCircle size={16} />, onSelect: () => setAbout(true) };
  const previewEntry = { key: "preview", label: t("shell.preview.entry"), icon: <IconEye size={16} />, onSelect: () => setChoosing(true) };
  const unconvertedEntry = {
    key: "unconverted",
    label: t("unconverted.title"),
    icon: <IconArrowsExchange size={16} />,
    onSelect: () => void navigate(`/a/${app}/unconverted`),
  };
  const accountEntry = { key: "account", label: t("shell.account"), icon: <IconUser size={16} />, onSelect: () => void navigate("/account") };
  const settingsEntry = { key: "settings", label: t("shell.settings"), icon: <IconSettings size={16} />, onSelect: () => void navigate("/settings") };
  const leave = {
    key: "signout",
    label: t("shell.signOut"),
    icon: <IconLogout size={16} />,
    // A fresh page forgets everything this person has seen.
    onSelect: () => signOut.mutate(undefined, { onSettled: () => window.location.assign("/signin") }),
  };
  const header = (
    <header className="userhead">
      <Avatar name={user.name} size="big" />
      <span>
        <strong>{user.name}</strong>
        <small>{user.email}</small>
        {session.data?.workspace ? <small>{session.data.workspace.name}</small> : null}
      </span>
      {user.is_admin ? <span className="j-tag tone-blue" title={t("shell.admin")}><IconCheck size={12} aria-hidden />{t("shell.admin")}</span> : null}
    </header>
  );
  return (
    <>
      <MenuButton
        label={t("shell.userMenu", { name: user.name })}
        className="j-iconbutton user"
        header={header}
        groups={[...(workspaces.length > 1 ? [workspaces] : []), ...(withPreferences ? [languages, themes] : []), [accountEntry, ...(user.is_admin || user.circle ? [settingsEntry] : []), ...(app !== "" && administers(user, app) ? [unconvertedEntry] : []), ...(user.is_admin ? [previewEntry] : []), aboutEntry, leave]]}
      >
        <Avatar name={user.name} size="big" />
      </MenuButton>
      {choosing ? <Suspense fallback={null}><PreviewDialog onClose={() => setChoosing(false)} /></Suspense> : null}
      {about ? <Suspense fallback={null}><AboutDialog onClose={() => setAbout(false)} /></Suspense> : null}
    </>
  );
}

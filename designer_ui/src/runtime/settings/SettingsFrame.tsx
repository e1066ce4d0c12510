import { IconBuildingStore, IconCrown, IconCalendar, IconKey, IconListSearch, IconLock, IconMail, IconShieldLock, IconSitemap, IconUserShield, IconUsers, IconWebhook } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, useLocation, useRoutes } from "react-router";
import { useSession, type SessionUser } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { Skeleton } from "@/ui/Skeleton";
import "./settings.css";

const page = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

/** The page of API keys brings words of its own, which it shares with the page of one's account. */
const keysPage = async () => {
  const [part, texts] = await Promise.all([import("./keys/KeysPage"), import("../keys/texts")]);
  await texts.loadKeyTexts();
  return part.KeysPage;
};

const webhooksPage = async () => {
  const [part, texts] = await Promise.all([import("./webhooks/WebhooksPage"), import("./webhooks/texts")]);
  await texts.loadWebhookTexts();
  return part.WebhooksPage;
};

/** Who sees a page: administrators of the workspace ("all"), also those who manage people, any administrator. */
type For = "all" | "people" | "some";

const PAGES = [
  { path: "people", for: "people", label: "settings.people.title", Icon: IconUsers, Page: page(async () => (await import("./people/PeoplePage")).PeoplePage) },
  { path: "organisation", for: "people", label: "settings.organisation.title", Icon: IconSitemap, Page: page(async () => (await import("./organisation/OrganisationPage")).OrganisationPage) },
  { path: "external", for: "all", label: "settings.external.title", Icon: IconBuildingStore, Page: page(async () => (await import("./external/ExternalPage")).ExternalPage) },
  { path: "roles", for: "all", label: "settings.roles.title", Icon: IconUserShield, Page: page(async () => (await import("./roles/RolesPage")).RolesPage) },
  { path: "administrators", for: "all", label: "settings.administrators.title", Icon: IconCrown, Page: page(async () => (await import("./administrators/AdministratorsPage")).AdministratorsPage) },
  { path: "calendar", for: "all", label: "settings.calendar.title", Icon: IconCalendar, Page: page(async () => (await import("./calendar/CalendarPage")).CalendarPage) },
  { path: "security", for: "all", label: "settings.security.title", Icon: IconShieldLock, Page: page(async () => (await import("./security/SecurityPage")).SecurityPage) },
  { path: "api-keys", for: "all", label: "settings.keys.title", Icon: IconKey, Page: page(keysPage) },
  { path: "webhooks", for: "all", label: "settings.webhooks.title", Icon: IconWebhook, Page: page(webhooksPage) },
  { path: "audit", for: "some", label: "settings.audit.title", Icon: IconListSearch, Page: page(async () => (await import("./audit/AuditPage")).AuditPage) },
  { path: "mails", for: "all", label: "settings.mails.title", Icon: IconMail, Page: page(async () => (await import("./mails/MailsPage")).MailsPage) },
] as const satisfies readonly { readonly for: For; readonly [more: string]: unknown }[];

/** The pages for somebody. */
function pagesFor(user: SessionUser | null | undefined) {
  const level: readonly For[] = user?.is_admin ? ["all", "people", "some"] : user?.circle ? (user.circle.people ? ["people", "some"] : ["some"]) : [];
  return PAGES.filter((one) => level.includes(one.for));
}

/** What administrators keep for the whole workspace, or for their circle: pages beside a menu of their own. */
export function SettingsFrame() {
  const { t } = useTranslation();
  const session = useSession();
  const pages = pagesFor(session.data?.user);
  const shown = useRoutes([
    ...pages.map(({ path, Page }) => ({ path, element: <Page /> })),
    { path: "*", element: <Navigate to={`/settings/${pages[0]?.path ?? ""}`} replace /> },
  ]);
  const menu = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a phone the menu is a row that is longer than there is room for.
    menu.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  if (pages.length === 0) {
    return <EmptyState heading="h1" icon={<IconLock size={24} />} title={t("ui.error.forbidden")}>{t("settings.onlyAdministrators")}</EmptyState>;
  }
  return (
    <div className="settings">
      <nav ref={menu} className="settings-menu" aria-label={t("settings.title")}>
        <h2>{t("settings.title")}</h2>
        <ul>
          {pages.map(({ path, label, Icon }) => (
            <li key={path}>
              <NavLink to={`/settings/${path}`} className="navigation-item">
                <Icon size={18} stroke={1.6} aria-hidden />
                <span>{t(label)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-page">
        <Suspense fallback={<Skeleton />}>{shown}</Suspense>
      </div>
    </div>
  );
}

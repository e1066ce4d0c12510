import { createBrowserRouter, type RouteObject } from "react-router";
import { RouteError } from "./runtime/shell/RouteError";

/** A page of a part that brings its words along. */
async function withTexts<Page>(page: Promise<Page>, texts: Promise<() => Promise<void>>): Promise<Page> {
  const [found, load] = await Promise.all([page, texts]);
  await load();
  return found;
}

const designer = <Page,>(page: Promise<Page>) => withTexts(page, import("./designer/texts").then((part) => part.loadDesignerTexts));
const permissions = <Page,>(page: Promise<Page>) => withTexts(designer(page), import("./designer/permissions/texts").then((part) => part.loadPermissionTexts));
const visibility = <Page,>(page: Promise<Page>) => withTexts(permissions(page), import("./designer/visibility/texts").then((part) => part.loadVisibilityTexts));
const upgrade = <Page,>(page: Promise<Page>) => withTexts(designer(page), import("./designer/upgrade/texts").then((part) => part.loadUpgradeTexts));
const workflows = <Page,>(page: Promise<Page>) => withTexts(designer(page), import("./designer/workflows/texts").then((part) => part.loadFlowTexts));
const account = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/account/texts").then((part) => part.loadAccountTexts));
const recordPage = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/record/page/texts").then((part) => part.loadRecordPageTexts));
const settings = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/settings/texts").then((part) => part.loadSettingsTexts));
const tasks = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/tasks/texts").then((part) => part.loadTaskTexts));
const batches = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/batches/texts").then((part) => part.loadBatchesTexts));
const importing = <Page,>(page: Promise<Page>) => withTexts(page, import("./runtime/import/texts").then((part) => part.loadImportTexts));

const routes: RouteObject[] = [
  { path: "/signin", lazy: async () => ({ Component: (await import("./runtime/signin/SignInPage")).SignInPage }) },
  { path: "/setup", lazy: async () => ({ Component: (await import("./runtime/signin/SetupPage")).SetupPage }) },
  { path: "/password", lazy: async () => ({ Component: (await account(import("./runtime/account/PasswordPage"))).PasswordPage }) },
  { path: "/forgot", lazy: async () => ({ Component: (await account(import("./runtime/account/ForgotPage"))).ForgotPage }) },
  {
    path: "/",
    lazy: async () => ({ Component: (await import("./runtime/shell/Shell")).Shell }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./runtime/shell/HomePage")).HomePage }) },
      { path: "a/:app", lazy: async () => ({ Component: (await import("./runtime/shell/AppPage")).AppPage }) },
      {
        path: "a/:app/unconverted",
        lazy: async () => ({ Component: (await import("./runtime/unconverted/UnconvertedPage")).UnconvertedPage }),
      },
      {
        path: "a/:app/design/formulas",
        lazy: async () => ({ Component: (await designer(import("./designer/formulas/FormulasPage"))).FormulasPage }),
      },
      {
        path: "a/:app/design/conditions",
        lazy: async () => ({ Component: (await designer(import("./designer/conditions/ConditionsPage"))).ConditionsPage }),
      },
      {
        path: "a/:app/design/permissions",
        lazy: async () => ({ Component: (await permissions(import("./designer/permissions/PermissionsPage"))).PermissionsPage }),
      },
      {
        path: "a/:app/design/permissions/:owner",
        lazy: async () => ({ Component: (await permissions(import("./designer/permissions/FormPermissionsPage"))).FormPermissionsPage }),
      },
      {
        path: "a/:app/design/visibility",
        lazy: async () => ({ Component: (await visibility(import("./designer/visibility/VisibilityPage"))).VisibilityPage }),
      },
      {
        path: "a/:app/design/upgrade",
        lazy: async () => ({ Component: (await upgrade(import("./designer/upgrade/UpgradePage"))).UpgradePage }),
      },
      {
        path: "a/:app/design/workflows",
        lazy: async () => ({ Component: (await workflows(import("./designer/workflows/WorkflowsPage"))).WorkflowsPage }),
      },
      {
        path: "a/:app/design/workflows/:key",
        lazy: async () => ({ Component: (await workflows(import("./designer/workflows/WorkflowPage"))).WorkflowPage }),
      },
      {
        path: "a/:app/design/formulas/:owner/:field",
        lazy: async () => ({ Component: (await designer(import("./designer/formulas/FormulaPage"))).FormulaPage }),
      },
      { path: "a/:app/:form", lazy: async () => ({ Component: (await import("./runtime/list/ListPage")).ListPage }) },
      // No form is called "-".
      ...["a/:app/:form/import", "a/:app/-/import"].map((path) => ({
        path,
        lazy: async () => ({ Component: (await importing(import("./runtime/import/ImportPage"))).ImportPage }),
      })),
      {
        path: "a/:app/-/imports",
        lazy: async () => ({ Component: (await importing(import("./runtime/import/ImportsPage"))).ImportsPage }),
      },
      ...["tasks/start", "a/:app/-/tasks/start"].map((path) => ({
        path,
        lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/start/StartPage"))).StartPage }),
      })),
      ...["tasks", "tasks/:task", "a/:app/-/tasks", "a/:app/-/tasks/:task"].map((path) => ({
        path,
        lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/TasksPage"))).TasksPage }),
      })),
      { path: "a/:app/-/workflows", lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/running/RunsPage"))).RunsPage }) },
      { path: "a/:app/-/workflows/durations", lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/running/DurationsPage"))).DurationsPage }) },
      ...["tasks/runs/:instance", "a/:app/-/workflows/:instance"].map((path) => ({
        path,
        lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/running/RunPage"))).RunPage }),
      })),
      { path: "a/:app/:form/bin", lazy: async () => ({ Component: (await import("./runtime/bin/BinPage")).BinPage }) },
      {
        path: "a/:app/:form/batches",
        lazy: async () => ({ Component: (await batches(import("./runtime/batches/BatchesPage"))).BatchesPage }),
      },
      {
        path: "a/:app/:form/new",
        lazy: async () => ({ Component: (await import("./runtime/record/CreatePage")).CreatePage }),
      },
      {
        path: "a/:app/:form/:id/print",
        lazy: async () => ({ Component: (await withTexts(recordPage(import("./runtime/record/print/PrintPage")), import("./runtime/record/print/texts").then((part) => part.loadPrintTexts))).PrintPage }),
      },
      {
        path: "a/:app/:form/:id",
        lazy: async () => ({ Component: (await recordPage(import("./runtime/record/RecordPage"))).RecordPage }),
      },
      { path: "account", lazy: async () => ({ Component: (await account(import("./runtime/account/AccountPage"))).AccountPage }) },
      { path: "settings/*", lazy: async () => ({ Component: (await settings(import("./runtime/settings/SettingsFrame"))).SettingsFrame }) },
      { path: "mentions", lazy: async () => ({ Component: (await import("./runtime/mentions/MentionsPage")).MentionsPage }) },
      { path: "notifications", lazy: async () => ({ Component: (await tasks(import("./runtime/tasks/notifications/NotificationsPage"))).NotificationsPage }) },
      { path: "jobs/:id", lazy: async () => ({ Component: (await importing(import("./runtime/import/JobPage"))).JobPage }) },
      { path: "*", lazy: async () => ({ Component: (await import("./runtime/shell/NotFoundPage")).NotFoundPage }) },
    ],
  },
];

export const router = createBrowserRouter(
  routes.map((route) => ({ ...route, ErrorBoundary: RouteError, HydrateFallback: () => null }) as RouteObject),
);

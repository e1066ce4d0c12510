import { createBrowserRouter, type RouteObject } from "react-router";
import { RouteError } from "./runtime/shell/RouteError";

/** A page of the designer, with its words. */
async function designer<Page>(page: Promise<Page>): Promise<Page> {
  const [found, { loadDesignerTexts }] = await Promise.all([page, import("./designer/texts")]);
  await loadDesignerTexts();
  return found;
}

const routes: RouteObject[] = [
  { path: "/signin", lazy: async () => ({ Component: (await import("./runtime/signin/SignInPage")).SignInPage }) },
  { path: "/setup", lazy: async () => ({ Component: (await import("./runtime/signin/SetupPage")).SetupPage }) },
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
        path: "a/:app/design/formulas/:owner/:field",
        lazy: async () => ({ Component: (await designer(import("./designer/formulas/FormulaPage"))).FormulaPage }),
      },
      { path: "a/:app/:form", lazy: async () => ({ Component: (await import("./runtime/list/ListPage")).ListPage }) },
      {
        path: "a/:app/:form/import",
        lazy: async () => ({ Component: (await import("./runtime/import/ImportPage")).ImportPage }),
      },
      { path: "a/:app/:form/bin", lazy: async () => ({ Component: (await import("./runtime/bin/BinPage")).BinPage }) },
      {
        path: "a/:app/:form/new",
        lazy: async () => ({ Component: (await import("./runtime/record/CreatePage")).CreatePage }),
      },
      {
        path: "a/:app/:form/:id",
        lazy: async () => ({ Component: (await import("./runtime/record/RecordPage")).RecordPage }),
      },
      { path: "mentions", lazy: async () => ({ Component: (await import("./runtime/mentions/MentionsPage")).MentionsPage }) },
      { path: "jobs/:id", lazy: async () => ({ Component: (await import("./runtime/import/JobPage")).JobPage }) },
      { path: "*", lazy: async () => ({ Component: (await import("./runtime/shell/NotFoundPage")).NotFoundPage }) },
    ],
  },
];

export const router = createBrowserRouter(
  routes.map((route) => ({ ...route, ErrorBoundary: RouteError, HydrateFallback: () => null }) as RouteObject),
);

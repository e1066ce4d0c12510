import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { ApiError, setRequestLanguage, useSession } from "@/api";
import { UiProvider } from "@/ui/UiProvider";
import { startTexts } from "@/ui/i18n/setup";
import { usePreferences } from "@/ui/preferences";
import { router } from "./routes";
import { loadTexts } from "./texts/load";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What the server refused stays refused; only a broken connection is worth another try.
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
  },
});

function Application() {
  const session = useSession();
  return (
    <UiProvider timeZone={session.data?.workspace?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}>
      <RouterProvider router={router} />
    </UiProvider>
  );
}

async function start(): Promise<void> {
  const { language } = usePreferences.getState();
  setRequestLanguage(language);
  usePreferences.subscribe((state) => setRequestLanguage(state.language));
  await startTexts(language, loadTexts);
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no root element.");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Application />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();

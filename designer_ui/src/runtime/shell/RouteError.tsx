import { useRouteError } from "react-router";
import { ErrorView } from "@/ui/ErrorView";

/** A page that failed to load or to draw. */
export function RouteError() {
  const error = useRouteError();
  return <ErrorView error={error} onRetry={() => window.location.reload()} />;
}

import { useCallback, useContext } from "react";
import { UNSAFE_DataRouterContext as RouterContext } from "react-router";

/**
 * Tells whether somebody is on the way to another page, whose parts are still being fetched. What a page does by
 * itself (leading on, an address that follows a pause) asks first: it would call off where the person wanted to go.
 * The router is asked, not the state it has given React, which comes later on a busy machine.
 */
export function useLeaving(): () => boolean {
  const router = useContext(RouterContext)?.router;
  return useCallback(() => router !== undefined && router.state.navigation.state !== "idle", [router]);
}

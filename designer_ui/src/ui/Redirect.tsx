import { useEffect } from "react";
import { useNavigate } from "react-router";
import { useLeaving } from "./useLeaving";

/** Leads on to another page, unless the person has chosen one meanwhile. */
export function Redirect({ to }: { to: string }) {
  const navigate = useNavigate();
  const leaving = useLeaving();
  useEffect(() => {
    if (!leaving()) void navigate(to, { replace: true });
  }, [navigate, leaving, to]);
  return null;
}

import { useMemo } from "react";
import { useSession, type Values } from "@/api";

/** A new record belongs to the person who makes it, unless somebody else is chosen. */
export function useOwnRecord(): Values {
  const user = useSession().data?.user;
  return useMemo<Values>(() => (user ? { owner: { id: user.id, name: user.name } } : {}), [user]);
}

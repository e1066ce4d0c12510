import { useQuery } from "@tanstack/react-query";
import { post, useSessionChange, type Session } from "@/api";

export interface PasswordLinkInfo {
  readonly name: string;
  readonly email: string;
  readonly workspace: string;
  /** Whether the person never had a password. */
  readonly invited: boolean;
}

/** Whom a one-time link for a password is for. */
export function usePasswordLinkInfo(token: string) {
  return useQuery({
    queryKey: ["password-link", token],
    queryFn: () => post<PasswordLinkInfo>("/password/link", { token }),
    staleTime: Infinity,
  });
}

export const useChoosePassword = () =>
  useSessionChange((input: { token: string; password: string }) => post<Session>("/password", input));

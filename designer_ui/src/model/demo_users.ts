import type { DemoUser } from "@/api";

/** One person of every role, the administrator first: enough to look around as anybody. */
export function demoChoices(users: readonly DemoUser[]): readonly DemoUser[] {
  const first = new Map<string, DemoUser>();
  for (const user of users) if (!first.has(user.role)) first.set(user.role, user);
  return [...first.values()].sort((a, b) => Number(b.role === "admin") - Number(a.role === "admin"));
}

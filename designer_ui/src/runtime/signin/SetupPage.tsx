import { Skeleton } from "@/ui/Skeleton";

export function SetupPage() {
  return <Skeleton />;
}

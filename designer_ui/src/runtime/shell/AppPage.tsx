import { Skeleton } from "@/ui/Skeleton";

export function AppPage() {
  return <Skeleton />;
}

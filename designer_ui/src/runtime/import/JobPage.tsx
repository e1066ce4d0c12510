import { Skeleton } from "@/ui/Skeleton";

export function JobPage() {
  return <Skeleton />;
}

import { Skeleton } from "@/ui/Skeleton";

export function ImportPage() {
  return <Skeleton />;
}

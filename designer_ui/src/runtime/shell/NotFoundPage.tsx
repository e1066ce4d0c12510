import { Skeleton } from "@/ui/Skeleton";

export function NotFoundPage() {
  return <Skeleton />;
}

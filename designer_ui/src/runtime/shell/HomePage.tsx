import { Skeleton } from "@/ui/Skeleton";

export function HomePage() {
  return <Skeleton />;
}

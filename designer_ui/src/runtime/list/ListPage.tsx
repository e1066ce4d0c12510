import { Skeleton } from "@/ui/Skeleton";

export function ListPage() {
  return <Skeleton />;
}

import { Skeleton } from "@/ui/Skeleton";

export function BinPage() {
  return <Skeleton />;
}

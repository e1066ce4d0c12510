import { Skeleton } from "@/ui/Skeleton";

export function RecordPage() {
  return <Skeleton />;
}

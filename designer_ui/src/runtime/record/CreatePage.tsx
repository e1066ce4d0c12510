import { Skeleton } from "@/ui/Skeleton";

export function CreatePage() {
  return <Skeleton />;
}

import { Skeleton } from "@/ui/Skeleton";

export function SignInPage() {
  return <Skeleton />;
}

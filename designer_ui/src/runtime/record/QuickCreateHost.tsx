import { lazy, Suspense, useState, type ReactNode } from "react";
import { CreateRelated, type CreateRequest } from "@/catalogue/createRelated";

const QuickCreate = lazy(async () => ({ default: (await import("./QuickCreate")).QuickCreate }));

/** Where pickers below open the small form for a record they miss. */
export function QuickCreateHost({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<CreateRequest | null>(null);
  return (
    <CreateRelated value={setRequest}>
      {children}
      {request ? (
        <Suspense fallback={null}>
          <QuickCreate request={request} onClose={() => setRequest(null)} />
        </Suspense>
      ) : null}
    </CreateRelated>
  );
}

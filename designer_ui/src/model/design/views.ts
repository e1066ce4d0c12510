import { type AppDocument, formOf } from "./formulas";

/** A view that lists records and begins without quick filters, so that a filter given to it is all that narrows it down. */
export function plainListOf(document: AppDocument | undefined, form: string): string | null {
  const views = (formOf(document, form) as { readonly views?: Readonly<Record<string, PlainView>> } | undefined)?.views ?? {};
  const plain = Object.entries(views).find(([, { kind = "list", quick_filters: quick = [] }]) => kind === "list" && quick.every(({ value }) => !value));
  return plain?.[0] ?? null;
}

interface PlainView {
  readonly kind?: string;
  readonly quick_filters?: readonly { readonly value?: string | null }[];
}

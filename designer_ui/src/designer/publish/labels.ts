import { type AppDocument, fieldOf, formOf } from "@/model/design/formulas";
import { useFormat } from "@/ui/format";

export interface Labels {
  readonly form: (key: string) => string;
  readonly field: (form: string, key: string) => string;
  readonly workflow: (key: string) => string;
}

/** Forms, fields and workflows by their labels: those of the draft, and of what is published for what the draft no longer has. */
export function useLabels(draft: AppDocument, published: AppDocument | undefined): Labels {
  const format = useFormat();
  return {
    form: (key) => format.label((formOf(draft, key) ?? formOf(published, key))?.label) || key,
    field: (at, key) => format.label((fieldOf(draft, at, key) ?? fieldOf(published, at, key))?.label) || key,
    workflow: (key) => format.label((draft.workflows?.[key] ?? published?.workflows?.[key])?.label) || key,
  };
}

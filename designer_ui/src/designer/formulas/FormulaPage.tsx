/** One computed field of the draft: its names, its formula, its value on a real record. */
import { ApiError } from "@/api";
import { fieldOf, type FieldBody } from "@/model/design/formulas";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useDraft } from "../draft";
import { NEW } from "./address";
import { FormulaForm } from "./FormulaForm";
import "../design.css";

const EMPTY: FieldBody = { type: "formula", label: {}, result: "number", formula: "" };

export function FormulaPage() {
  const { app = "", owner = "", field = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  if (draft.isPending) return <Skeleton lines={8} />;
  if (draft.isError) return <ErrorView error={draft.error} onRetry={() => void draft.refetch()} />;
  const isNew = field === NEW;
  const body = isNew ? EMPTY : fieldOf(draft.data.document, owner, field);
  if (!draft.data.document.forms?.[owner] || body?.type !== "formula") return <ErrorView error={new ApiError(404, "not_found", t("design.formula.gone"))} />;
  return <FormulaForm key={`${owner}/${field}`} app={app} form={owner} field={isNew ? null : field} draft={draft.data} body={body} />;
}


import { IconFileTypePdf } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { usePdf } from "./content";

/** A PDF file in the browser's own viewer, which runs apart from the page. Phones mostly have none. */
export function PdfSheet({ address, name }: { address: string; name: string }) {
  const { t } = useTranslation();
  const able = navigator.pdfViewerEnabled;
  const { data, error, isPending, refetch } = usePdf(address, able);
  if (!able) return <EmptyState icon={<IconFileTypePdf size={24} />} title={t("viewer.noPdf")}>{t("viewer.noneHelp")}</EmptyState>;
  if (error) return <ErrorView part error={error} onRetry={refetch} />;
  if (isPending) return <Skeleton lines={8} />;
  if (!data) return <EmptyState icon={<IconFileTypePdf size={24} />} title={t("viewer.broken")}>{t("viewer.noneHelp")}</EmptyState>;
  return <Frame content={data} name={name} />;
}

function Frame({ content, name }: { content: Blob; name: string }) {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setSource(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return source ? <iframe className="viewer-pdf" src={`${source}#view=FitH`} title={name} /> : null;
}

import { IconBuildingStore, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { usePartners, type Partner } from "./calls";
import { ContactDialog } from "./ContactDialog";
import { InviteContactsDialog } from "./InviteContactsDialog";
import { PartnerCard } from "./PartnerCard";
import { PartnerDialog } from "./PartnerDialog";

type Open = { readonly what: "new" } | { readonly what: "edit" | "invite"; readonly partner: Partner } | { readonly what: "contact"; readonly id: number } | null;

/** Partner companies beside the departments: their people, whether they may come in, and what they see. */
export function ExternalPage() {
  const { t } = useTranslation();
  const partners = usePartners();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  useTitle(t("settings.external.title"));
  const contact = open?.what === "contact" ? partners.data?.flatMap((one) => one.people).find((one) => one.id === open.id) : undefined;
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.external.title")}</h1>
        <span className="actions">
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ what: "new" })}>{t("settings.external.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("settings.external.lead")}</p>
      {partners.error ? <ErrorView part error={partners.error} onRetry={() => void partners.refetch()} /> : null}
      {partners.isPending ? <Skeleton lines={8} /> : null}
      {partners.data?.length === 0 ? <EmptyState icon={<IconBuildingStore size={24} />} title={t("settings.external.empty")} /> : null}
      {partners.data?.map((partner) => (
        <PartnerCard
          key={partner.id}
          partner={partner}
          onEdit={() => setOpen({ what: "edit", partner })}
          onInvite={() => setOpen({ what: "invite", partner })}
          onContact={(person) => setOpen({ what: "contact", id: person.id })}
        />
      ))}
      {open?.what === "new" ? <PartnerDialog partner={null} onClose={close} /> : null}
      {open?.what === "edit" ? <PartnerDialog partner={open.partner} onClose={close} /> : null}
      {open?.what === "invite" ? <InviteContactsDialog partner={open.partner} onClose={close} /> : null}
      {contact ? <ContactDialog person={contact} onClose={close} /> : null}
    </>
  );
}

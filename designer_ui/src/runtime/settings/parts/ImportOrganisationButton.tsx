import { IconFileImport } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";

const ImportOrganisationDialog = lazy(async () => ({ default: (await import("./ImportOrganisationDialog")).ImportOrganisationDialog }));

/** Opens the import of departments and people, which is for administrators of the whole workspace. */
export function ImportOrganisationButton() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const whole = useSession().data?.user?.is_admin === true;
  if (!whole) return null;
  return (
    <>
      <Button icon={<IconFileImport size={16} aria-hidden />} onClick={() => setOpen(true)}>{t("settings.import.open")}</Button>
      {open ? <Suspense fallback={null}><ImportOrganisationDialog onClose={() => setOpen(false)} /></Suspense> : null}
    </>
  );
}

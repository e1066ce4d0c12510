import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RecordJson } from "@/api";
import { lockedOf } from "@/model/locked";
import { useFormat } from "@/ui/format";

/** Why a record cannot be changed now: which workflow keeps it, and for whom it waits. */
export function Held({ record }: { record: RecordJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locked = lockedOf(record);
  if (!locked) return null;
  const people = locked.people.map(({ name }) => name).join(", ");
  return (
    <p className="record-held" role="note">
      <IconLock size={16} aria-hidden />
      <span>{t(locked.fields === "all" ? "record.held.all" : "record.held.some", { workflow: format.label(locked.workflow) })}{people ? ` ${t("record.held.people", { people })}` : ""}</span>
    </p>
  );
}

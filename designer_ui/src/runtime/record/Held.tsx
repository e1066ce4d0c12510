import { IconHourglass, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Describe, RecordJson } from "@/api";
import { fieldOf } from "@/model/layout";
import { lockedOf, waitingOf } from "@/model/locked";
import { useFormat } from "@/ui/format";

/** Why a record cannot be changed now: which workflow keeps it, what waits beside it, and for whom it waits. */
export function Held({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locked = lockedOf(record);
  const waiting = waitingOf(record);
  if (!locked) return null;
  const people = locked.people.map(({ name }) => name).join(", ");
  const names = waiting?.fields.map((key) => format.label(fieldOf(describe, key)?.label)).join(", ");
  return (
    <p className="record-held" role="note">
      {waiting ? <IconHourglass size={16} aria-hidden /> : <IconLock size={16} aria-hidden />}
      <span>
        {waiting
          ? t("record.held.waiting", { name: waiting.by?.name ?? "–", workflow: format.label(waiting.workflow), fields: names })
          : t(locked.fields === "all" ? "record.held.all" : "record.held.some", { workflow: format.label(locked.workflow) })}
        {people ? ` ${t("record.held.people", { people })}` : ""}
        {waiting ? <> <Link to="?tab=workflow">{t("record.held.show")}</Link></> : null}
      </span>
    </p>
  );
}

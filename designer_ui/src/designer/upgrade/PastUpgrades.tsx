/** The upgrades so far, each with the report as it was. */
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { usePastUpgrades, type PastUpgrade } from "./calls";
import { ChangeList } from "./Changes";
import { ConflictList } from "./Conflicts";

export function PastUpgrades({ app }: { app: string }) {
  const { t } = useTranslation();
  const past = usePastUpgrades(app).data ?? [];
  if (past.length === 0) return null;
  return (
    <section className="design-card" aria-labelledby="upgrade-past">
      <h2 id="upgrade-past">{t("upgrade.past")}</h2>
      {past.map((one) => <Past key={one.id} upgrade={one} />)}
    </section>
  );
}

function Past({ upgrade }: { upgrade: PastUpgrade }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { taken, kept, conflicts } = upgrade;
  return (
    <details className="upgrade-past">
      <summary>
        <strong>{t("upgrade.pastRow", { from: upgrade.from_version ?? "?", to: upgrade.to_version ?? "?" })}</strong>
        <span className="muted">{t("upgrade.pastBy", { by: upgrade.by, at: format.dateTime(upgrade.at) })}</span>
        <span>{t("upgrade.pastCounts", { taken: upgrade.taken_count, kept: upgrade.kept_count, conflicts: conflicts.length })}</span>
      </summary>
      {conflicts.length > 0 ? <><h3>{t("upgrade.decided")}</h3><ConflictList conflicts={conflicts} /></> : null}
      {taken.length > 0 ? <><h3>{t("upgrade.taken")}</h3><ChangeList changes={taken} count={upgrade.taken_count} /></> : null}
      {kept.length > 0 ? <><h3>{t("upgrade.kept")}</h3><ChangeList changes={kept} count={upgrade.kept_count} /></> : null}
    </details>
  );
}

/** For an app's administrator: what a newer suite does to the app, decided place by place, then done. */
import { ApiError } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconVersions } from "@tabler/icons-react";
import { Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useUpgradePreview, useVersions, type Choices } from "./calls";
import { PastUpgrades } from "./PastUpgrades";
import { UpgradeOffer } from "./UpgradeOffer";
import "../design.css";
import "./upgrade.css";

export function UpgradePage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  useTitle(t("upgrade.title"));
  return (
    <div className="design-page">
      <header className="design-header">
        <div>
          <h1>{t("upgrade.title")}</h1>
          <p className="muted">{t("upgrade.help")}</p>
        </div>
      </header>
      <Offer app={app} />
      <PastUpgrades app={app} />
    </div>
  );
}

function Offer({ app }: { app: string }) {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const [choices, setChoices] = useState<Choices>({});
  const base = Number(address.get("base")) || null;
  const wanted = { choices, base };
  const preview = useUpgradePreview(app, wanted);
  if (preview.isPending) return <Skeleton lines={8} />;
  if (preview.isError) {
    const { error } = preview;
    if (error instanceof ApiError && error.code === "unknown_suite_version") return <ChooseBase app={app} />;
    if (error instanceof ApiError && error.status === 404) {
      return <EmptyState icon={<IconVersions size={24} />} title={t("upgrade.noSuite")}>{t("upgrade.noSuiteHelp")}</EmptyState>;
    }
    return <ErrorView error={error} onRetry={() => void preview.refetch()} />;
  }
  return (
    <UpgradeOffer
      app={app}
      preview={preview.data}
      wanted={wanted}
      busy={preview.isPlaceholderData}
      onChoose={(chosen) => setChoices({ ...choices, ...chosen })}
      onDone={() => {
        // From here on it is known what the app was made from, and nothing is chosen.
        if (base === null && Object.keys(choices).length === 0) void preview.refetch();
        setChoices({});
        if (base !== null) setAddress({}, { replace: true });
      }}
      onStale={() => void preview.refetch()}
    />
  );
}

/** The suite as it was delivered, where that was not noted: a version of the app; kept in the address. */
function ChooseBase({ app }: { app: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [, setAddress] = useSearchParams();
  const versions = useVersions(app, true).data ?? [];
  return (
    <section className="design-card" aria-labelledby={id}>
      <h2 id={id}>{t("upgrade.base")}</h2>
      <p className="muted">{t("upgrade.baseHelp")}</p>
      <Select<number>
        aria-labelledby={id}
        className="upgrade-base"
        options={versions.map(({ number, published_at }) => ({ value: number, label: t("upgrade.baseVersion", { version: number, at: format.dateTime(published_at) }) }))}
        onChange={(version) => setAddress({ base: String(version) })}
      />
    </section>
  );
}

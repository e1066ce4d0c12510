import { IconKey, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get, post } from "@/api";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useTitle } from "@/ui/useTitle";
import { EVERYBODYS, useKeyChange, useKeys } from "../../keys/calls";
import { KeyList } from "../../keys/KeyList";
import { NewKeyDialog } from "../../keys/NewKeyDialog";
import { useRoles } from "../calls";
import type { Person } from "../types";
import { AccountDialog } from "./AccountDialog";

const useAccounts = () =>
  useQuery({
    queryKey: ["api-keys", "accounts"],
    queryFn: ({ signal }) => get<{ accounts: Person[] }>("/service-accounts", undefined, signal).then((answer) => answer.accounts),
  });

/** Service accounts, and the API keys of everybody. */
export function KeysPage() {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const keys = useKeys(EVERYBODYS);
  const [adding, setAdding] = useState(false);
  const [making, setMaking] = useState<Person | null>(null);
  const error = accounts.error ?? keys.error;
  useTitle(t("keys.title"));
  return (
    <>
      <header className="set-head">
        <h1>{t("keys.title")}</h1>
        <span className="actions">
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("keys.accounts.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("keys.accounts.lead")}</p>
      {error ? <ErrorView part error={error} onRetry={() => void Promise.all([accounts.refetch(), keys.refetch()])} /> : null}
      {accounts.isPending || keys.isPending ? <Skeleton lines={6} /> : null}
      {accounts.data?.length ? (
        <section className="set-keys" aria-label={t("keys.accounts.title")}>
          <h2>{t("keys.accounts.title")}</h2>
          <ul className="keys">{accounts.data.map((account) => <Account key={account.id} account={account} onMake={() => setMaking(account)} />)}</ul>
        </section>
      ) : null}
      {keys.data?.length ? (
        <section className="set-keys" aria-label={t("keys.all")}>
          <h2>{t("keys.all")}</h2>
          <KeyList keys={keys.data} place={EVERYBODYS} named />
        </section>
      ) : null}
      {keys.data?.length === 0 ? <EmptyState icon={<IconKey size={24} />} title={t("keys.none")} /> : null}
      {adding ? <AccountDialog onClose={() => setAdding(false)} /> : null}
      {making ? <NewKeyDialog place={`/service-accounts/${making.id}/api-keys`} of={making.name} onClose={() => setMaking(null)} /> : null}
    </>
  );
}

function Account({ account, onMake }: { account: Person; onMake: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const roles = useRoles();
  const change = useKeyChange((to: "activate" | "deactivate") => post<Person>(`/users/${account.id}/${to}`));
  const active = account.state === "active";
  const named = account.roles.map((key) => {
    const label = roles.data?.find((role) => role.key === key)?.label;
    return label ? format.label(label) : key;
  });
  const turn = (): void => {
    const run = () => change.mutateAsync(active ? "deactivate" : "activate").then(() => announce(account.name), (error: unknown) => showToast({ text: errorText(error) }));
    if (!active) void run();
    else ask({ title: t("keys.accounts.offAsk", { name: account.name }), content: t("keys.accounts.offHelp"), okText: t("keys.accounts.off"), danger: true, onOk: run });
  };
  return (
    <li>
      <div>
        <p className="keys-name">
          <strong>{account.name}</strong>
          {account.is_admin ? <Tag color="red">{t("keys.accounts.admin")}</Tag> : null}
          {active ? null : <Tag color="gray">{t("keys.accounts.isOff")}</Tag>}
        </p>
        <p className="muted">{named.length ? named.join(", ") : t("keys.accounts.noRoles")}</p>
      </div>
      <span className="set-line">
        {active ? <Button aria-label={t("keys.newOf", { name: account.name })} onClick={onMake}>{t("keys.new")}</Button> : null}
        <Button loading={change.isPending} onClick={turn} aria-label={`${active ? t("keys.accounts.off") : t("keys.accounts.on")}: ${account.name}`}>{active ? t("keys.accounts.off") : t("keys.accounts.on")}</Button>
      </span>
    </li>
  );
}

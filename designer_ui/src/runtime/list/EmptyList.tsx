/** What stands in place of rows where there are none: what the form is for, or that nothing was found. */
import { EmptyState } from "@/ui/EmptyState";
import { useFormat } from "@/ui/format";
import { IconByName } from "@/ui/IconByName";
import { IconFilterOff } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { ListHandle } from "./useListState";

export function EmptyList({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { describe, state, change } = list;
  const name = format.label(describe.plural ?? describe.label);
  const base = `/a/${describe.app}/${describe.key}`;
  const create = describe.actions.includes("create") ? (
    <Button type="primary" onClick={() => void navigate(`${base}/new`)}>{t("list.new")}</Button>
  ) : null;
  const chosen = Object.keys(state.quick).length > 0;
  if (list.where || state.search) {
    const ownOfView = !state.search && !chosen && state.filter === (list.view.filter ?? "");
    return (
      <EmptyState
        icon={<IconFilterOff size={24} />}
        title={ownOfView ? t("list.empty.view", { view: format.label(list.view.label) }) : t("list.empty.nothingFound")}
        actions={
          <>
            {ownOfView ? create : null}
            <Button onClick={() => change({ filter: "", search: "", quick: {} })}>{t("list.empty.showAll")}</Button>
          </>
        }
      >
        {state.search ? t("list.empty.search", { text: state.search }) : t("list.empty.filter")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconByName name={describe.icon} size={24} />}
      title={t("list.empty.title", { name })}
      actions={
        <>
          {create}
          {describe.actions.includes("import") ? <Link to={`${base}/import`}>{t("list.empty.import")}</Link> : null}
        </>
      }
    >
      {t("list.empty.text", { name: format.label(describe.label) })}
    </EmptyState>
  );
}

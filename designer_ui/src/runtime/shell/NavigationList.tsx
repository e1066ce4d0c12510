import { IconChevronDown, IconListCheck } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams, useSearchParams } from "react-router";
import { useAdministers, useApp, useTaskCounts, type AppInfo, type MenuForm, type MenuItem } from "@/api";
import { activeEntry, isGroup, menuAddress, menuForms } from "@/model/menu";
import { ErrorView } from "@/ui/ErrorView";
import { IconByName } from "@/ui/IconByName";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";

const DesignLinks = lazy(() => import("./DesignLinks"));

interface Props {
  readonly app: string;
  readonly narrow: boolean;
  readonly onGo?: (() => void) | undefined;
}

export function NavigationList({ app, narrow, onGo }: Props) {
  const info = useApp(app);
  const isAdmin = useAdministers(app);
  const { form } = useParams();
  const [search] = useSearchParams();
  if (info.isPending) return <div className="navigation-list"><Skeleton /></div>;
  if (info.isError) return <ErrorView part error={info.error} onRetry={info.refetch} />;
  const active = activeEntry(menuForms(info.data), form, search.get("view"));
  return (
    <ul className="navigation-list">
      <TasksEntry {...{ app, narrow, onGo }} />
      {info.data.menu.map((item) => (
        <Entry key={isGroup(item) ? `g-${item.group}` : `${item.form}-${item.view ?? ""}`} {...{ item, narrow, active, onGo }} info={info.data} />
      ))}
      {isAdmin ? <Suspense fallback={null}><DesignLinks {...{ app, narrow, onGo }} /></Suspense> : null}
    </ul>
  );
}

/** The tasks that wait for me in this app. */
function TasksEntry({ app, narrow, onGo }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const to = `/a/${encodeURIComponent(app)}/-/tasks`;
  const count = useTaskCounts().data?.by_app[app] ?? 0;
  return (
    <li>
      <Link to={to} className="navigation-item" aria-current={pathname.startsWith(to) ? "page" : undefined} title={t("shell.myTasks")} onClick={onGo}>
        <IconListCheck size={18} stroke={1.6} aria-hidden />
        <span className={narrow ? "sr-only" : "ellipsis"}>{t("shell.myTasks")}</span>
        {count && !narrow ? <span className="navigation-count num">{count > 99 ? "99+" : count}</span> : null}
      </Link>
    </li>
  );
}

interface EntryProps {
  readonly info: AppInfo;
  readonly item: MenuItem;
  readonly narrow: boolean;
  readonly active: MenuForm | undefined;
  readonly onGo: (() => void) | undefined;
}

function Entry({ item, ...rest }: EntryProps) {
  return isGroup(item) ? <Group item={item} {...rest} /> : <FormLink item={item} {...rest} />;
}

function Group({ item, narrow, ...rest }: EntryProps & { item: Extract<MenuItem, { group: string }> }) {
  const format = useFormat();
  const [open, setOpen] = useState(true);
  const entries = item.items.filter((entry) => entry.form in rest.info.forms);
  if (entries.length === 0) return null;
  const label = format.label(item.label);
  return (
    <li className="navigation-group">
      {narrow ? (
        <hr aria-label={label} />
      ) : (
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="ellipsis">{label}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
      {open || narrow ? (
        <ul>
          {entries.map((entry) => (
            <FormLink key={`${entry.form}-${entry.view ?? ""}`} item={entry} narrow={narrow} {...rest} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function FormLink({ info, item, narrow, active, onGo }: EntryProps & { item: MenuForm }) {
  const format = useFormat();
  const form = info.forms[item.form];
  if (!form) return null;
  const view = item.view ? form.views.find((one) => one.key === item.view) : undefined;
  const label = format.label(view?.label ?? form.plural ?? form.label);
  const icon = view?.kind === "kanban" ? "layout-kanban" : form.icon;
  return (
    <li>
      <Link
        to={menuAddress(info.key, item)}
        className="navigation-item"
        aria-current={item === active ? "page" : undefined}
        title={label}
        onClick={onGo}
      >
        <IconByName name={icon} />
        <span className={narrow ? "sr-only" : "ellipsis"}>{label}</span>
      </Link>
    </li>
  );
}

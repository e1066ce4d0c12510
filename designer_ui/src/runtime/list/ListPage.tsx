/** The list of a form: /a/{app}/{form}. */
import { useDescribe, type Describe } from "@/api";
import type { GallerySettings } from "@/model/view";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { usePhone } from "@/ui/useMedia";
import { IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { settingsHold } from "./kinds";
import { ListBody } from "./ListBody";
import { QuickFilters } from "./quick/QuickFilters";
import { Toolbar } from "./toolbar/Toolbar";
import { Updating } from "../updating/Updating";
import { useListState } from "./useListState";
import { ViewTabs } from "./views/ViewTabs";
import "./list.css";

const Calendar = lazy(async () => {
  const [{ Calendar: component }] = await Promise.all([import("../calendar/Calendar"), import("../calendar/texts").then((texts) => texts.loadCalendarTexts())]);
  return { default: component };
});
const Gallery = lazy(async () => {
  const [{ Gallery: component }] = await Promise.all([import("../gallery/Gallery"), import("../gallery/texts").then((texts) => texts.loadGalleryTexts())]);
  return { default: component };
});
const Tree = lazy(async () => {
  const [{ Tree: component }] = await Promise.all([import("../tree/Tree"), import("../tree/texts").then((texts) => texts.loadTreeTexts())]);
  return { default: component };
});
const Kanban = lazy(async () => ({ default: (await import("../kanban/Kanban")).Kanban }));

export function ListPage() {
  const { app = "", form = "" } = useParams();
  const describe = useDescribe(app, form);
  if (describe.error) return <ErrorView error={describe.error} onRetry={() => void describe.refetch()} />;
  if (!describe.data) return <div className="list-page"><Skeleton lines={12} /></div>;
  return <FormList key={`${app}/${form}`} describe={describe.data} />;
}

function FormList({ describe }: { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const phone = usePhone();
  const list = useListState(describe);
  const focusView = useRef<string | null>(null);
  const name = format.label(describe.plural ?? describe.label);
  useEffect(() => {
    document.title = `${name} · ${format.label(list.view.label)}`;
  }, [name, list.view.label, format]);
  const create = describe.actions.includes("create") ? (
    <Button
      type="primary"
      icon={<IconPlus size={16} aria-hidden />}
      aria-label={t("list.new")}
      onClick={() => void navigate(`/a/${describe.app}/${describe.key}/new`)}
    >
      {phone ? null : t("list.new")}
    </Button>
  ) : null;
  const frame = (count: ReactNode, body: ReactNode): ReactNode => (
    <div className="list-page">
      <header className="list-header">
        <h1>{name}</h1>
        {count}
        <Updating describe={describe} />
        <span className="list-header-end">{create}</span>
      </header>
      <ViewTabs list={list} focusNext={focusView} />
      <Toolbar list={list} />
      <QuickFilters list={list} />
      <div className="list-content" id="list-content" role="tabpanel" aria-label={format.label(list.view.label)}>
        {body}
      </div>
    </div>
  );
  const { kind, calendar, gallery, tree } = list.state;
  const key = `${list.view.key}/${kind}`;
  const waiting = <>{frame(null, <Skeleton lines={12} />)}</>;
  if (kind === "kanban") return <Suspense fallback={waiting}><Kanban key={key} list={list} label={name}>{frame}</Kanban></Suspense>;
  // Without the field they stand on, or when it is hidden from this reader, the records are a list.
  if (!settingsHold(describe, list.state)) return <ListBody key={key} list={list} label={name}>{frame}</ListBody>;
  if (kind === "calendar" && calendar) return <Suspense fallback={waiting}><Calendar key={key} list={list} settings={calendar}>{frame}</Calendar></Suspense>;
  if (kind === "gallery") return <Suspense fallback={waiting}><Gallery key={key} list={list} settings={gallery ?? PLAIN_CARDS} label={name}>{frame}</Gallery></Suspense>;
  if (kind === "tree" && tree) return <Suspense fallback={waiting}><Tree key={`${key}/${tree.parent}`} list={list} settings={tree} label={name}>{frame}</Tree></Suspense>;
  return <ListBody key={key} list={list} label={name}>{frame}</ListBody>;
}

/** Cards of a view that says nothing about them. */
const PLAIN_CARDS: GallerySettings = { cover: null, fit: "fill", title: null, size: "medium", fields: [], badges: [] };

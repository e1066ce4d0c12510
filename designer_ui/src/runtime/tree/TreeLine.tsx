/** One line of a tree: a record with its place, or what stands for records that are not loaded. */
import type { Json } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { isBlank, shownType } from "@/catalogue/registry";
import { fieldOn } from "@/model/limits";
import type { RecordRow, TreeRow } from "@/model/tree";
import { useFormat } from "@/ui/format";
import { toneClass } from "@/ui/Tag";
import { IconChevronRight } from "@tabler/icons-react";
import { memo, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { tellingFields } from "../list/fields";
import { TotalCell } from "../list/grid/TotalCell";
import { CHECK_WIDTH, type Column } from "../list/grid/types";
import { rowId, useTreeContext } from "./context";
import { makeMovable } from "./dragging";
import { RowMenu } from "./RowMenu";

interface Props {
  readonly row: TreeRow;
  readonly index: number;
  readonly height: number;
  readonly active: boolean;
  readonly onStart: () => void;
  readonly onUp: (() => void) | null;
}

/** Levels deeper than this stand no further in: the words need room. */
const DEEPEST = { phone: 6, wide: 16 } as const;
/** Facts beside a record's name on a phone. */
const FACTS = 3;

export const TreeLine = memo(function TreeLine(props: Props) {
  const { row, index, height, active } = props;
  const tree = useTreeContext();
  const frame = {
    role: "row",
    id: rowId(tree.id, index),
    "aria-rowindex": index + 2,
    "aria-level": row.level,
    "data-row": index,
    style: { height, transform: `translateY(${index * height}px)`, "--level": Math.min(row.level, tree.phone ? DEEPEST.phone : DEEPEST.wide) - 1 },
  } as const;
  if (row.kind === "record") return <RecordLine {...props} row={row} frame={frame} />;
  return (
    <div {...frame} className={`grid-row tree-row tree-${row.kind}${active ? " active" : ""}`}>
      <div role="gridcell" aria-colindex={1} aria-colspan={tree.columns.length + 1} className="grid-cell tree-rest"><Rest row={row} /></div>
    </div>
  );
});

function Rest({ row }: { row: Exclude<TreeRow, RecordRow> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { more, retry } = useTreeContext();
  if (row.kind === "wait") return <i aria-hidden />;
  if (row.kind === "failed") {
    return <><span className="list-problem">{t("tree.failed")}</span> <button type="button" tabIndex={-1} className="tree-link" onClick={retry}>{t("ui.retry")}</button></>;
  }
  return (
    <button type="button" tabIndex={-1} className="tree-link" aria-busy={row.loading} onClick={() => more(row.parent)}>
      {row.rest ? t("tree.more", { shown: format.number(row.rest) }) : t("tree.moreUnknown")}
    </button>
  );
}

interface RecordProps extends Props {
  readonly row: RecordRow;
  readonly frame: object;
}

function RecordLine({ row, active, frame, onStart, onUp }: RecordProps) {
  const { t } = useTranslation();
  const tree = useTreeContext();
  const element = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const title = row.record.title || t("list.untitled");
  const { movable, move, toggle } = tree;
  const latest = useRef({ onStart, toggle, move, row, title });
  useLayoutEffect(() => {
    latest.current = { onStart, toggle, move, row, title };
    // The tree is one stop for Tab; and a link that is dragged would take the record's place.
    for (const link of element.current?.querySelectorAll<HTMLAnchorElement>("a") ?? []) {
      link.tabIndex = -1;
      link.draggable = false;
    }
  });
  const { id, revision } = row.record;
  const { parent } = row.node;
  useEffect(() => {
    if (!element.current || !movable) return undefined;
    return makeMovable({
      element: element.current,
      row: latest.current.row,
      onStart: () => latest.current.onStart(),
      onOver: setOver,
      onHold: () => latest.current.row.open === false && latest.current.toggle(latest.current.row),
      onDrop: (record) => latest.current.move(record, id, latest.current.title),
    });
  }, [movable, id, revision, parent]);
  const color = tree.colors(row.record);
  const classes = ["grid-row", "tree-row", active ? "active" : "", over ? "over" : "", row.node.matches ? "" : "tree-passed", color.row ? `${toneClass(color.row)} tinted` : ""];
  const menu = <RowMenu row={row} title={title} onUp={onUp} />;
  return (
    <div
      {...frame}
      ref={element}
      aria-expanded={row.open ?? undefined}
      aria-setsize={row.size}
      aria-posinset={row.place}
      className={classes.filter(Boolean).join(" ")}
    >
      {tree.phone ? (
        <>
          <div role="gridcell" aria-colindex={1} className="grid-cell tree-first"><Place row={row} title={title}><NameAndFacts row={row} title={title} /></Place></div>
          <div role="gridcell" aria-colindex={2} className="grid-cell tree-menu">{menu}</div>
        </>
      ) : (
        <>
          <div role="gridcell" aria-colindex={1} className="grid-cell tree-menu frozen" style={{ width: CHECK_WIDTH, left: 0 }}>{menu}</div>
          {tree.columns.map((column, place) => (
            <div
              key={column.key}
              role="gridcell"
              aria-colindex={place + 2}
              className={["grid-cell", column.left === null ? "" : "frozen", column.end ? "end" : "", place === 0 ? "tree-first" : "", color.cells[column.key] ? `${toneClass(color.cells[column.key] ?? "")} tinted` : ""].filter(Boolean).join(" ")}
              style={{ width: column.width, left: column.left ?? undefined }}
            >
              {place === 0 ? <Place row={row} title={title}><Name row={row} column={column} /></Place> : <Value row={row} column={column} />}
            </div>
          ))}
        </>
      )}
    </div>
  );
}

/** How deep a record stands, what opens it, and how many are directly below. */
function Place({ row, title, children }: { row: RecordRow; title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { toggle } = useTreeContext();
  const below = row.node.children;
  return (
    <>
      <span className="tree-indent" aria-hidden />
      {row.open === null ? (
        <span className="tree-leaf" aria-hidden />
      ) : (
        <button type="button" tabIndex={-1} className={row.open ? "tree-toggle open" : "tree-toggle"} aria-label={t(row.open ? "tree.fold" : "tree.unfold", { title })} onClick={() => toggle(row)}>
          <IconChevronRight size={16} aria-hidden />
        </button>
      )}
      {children}
      {below > 0 ? <span className="tree-count num" title={t("tree.below", { shown: format.number(below) })}>{format.number(below)}</span> : null}
    </>
  );
}

/** The first column leads to the record, whatever its type. */
function Name({ row, column }: { row: RecordRow; column: Column }) {
  const { t } = useTranslation();
  const { describe } = useTreeContext();
  const format = useFormat();
  const value = row.record[column.key];
  const text = value === undefined || isBlank(value) ? "" : shownType(column.field).text(value, column.field, format);
  return (
    <span className="grid-value">
      <Link className="grid-title" to={`/a/${describe.app}/${describe.key}/${row.record.id}`} title={row.record.title ?? undefined}>{text || row.record.title || t("list.untitled")}</Link>
    </span>
  );
}

/** A record's own value, and before it the total of it and all below it where there is one. */
function Value({ row, column }: { row: RecordRow; column: Column }) {
  const { t } = useTranslation();
  const { describe, totals } = useTreeContext();
  const fn = row.open === null ? undefined : totals.find((total) => total.field === column.key)?.fn;
  const total: Json | undefined = fn ? row.node.totals[column.key] : undefined;
  return (
    <>
      {fn && total !== undefined && total !== null ? (
        <span className="tree-total" title={t("tree.total", { field: column.label, total: t(`list.total.${fn}`) })}>
          {fn === "sum" ? <small aria-hidden>∑</small> : null}
          <TotalCell app={describe.app} form={describe.key} column={column.key} field={column.field} fn={fn} value={total} />
        </span>
      ) : null}
      <span className="grid-value"><FieldCell value={row.record[column.key]} field={fieldOn(column.field, column.key, row.record)} place={{ app: describe.app, form: describe.key, field: column.key, record: row.record.id }} /></span>
    </>
  );
}

function NameAndFacts({ row, title }: { row: RecordRow; title: string }) {
  const { describe, columns } = useTreeContext();
  const { record } = row;
  const shown = tellingFields(record, columns.map((column) => column.key)).slice(0, FACTS);
  return (
    <span className="tree-card">
      <Link className="grid-title" to={`/a/${describe.app}/${describe.key}/${record.id}`}>{title}</Link>
      <span className="tree-facts">
        {columns.filter((column) => shown.includes(column.key)).map((column) => (
          <FieldCell key={column.key} value={record[column.key]} field={fieldOn(column.field, column.key, record)} place={{ app: describe.app, form: describe.key, field: column.key, record: record.id }} />
        ))}
      </span>
    </span>
  );
}

/** The lines of a grid that are in sight. */
import { GridRow, type Editing } from "./GridRow";
import { GroupRow, MoreRow, WaitRow } from "./GroupRow";
import type { CellRange, GridItem, Position } from "./types";
import type { Selection } from "./useSelection";

interface Props {
  readonly items: readonly GridItem[];
  /** The rows that are drawn, by their place in the list. */
  readonly shown: readonly number[];
  readonly height: number;
  readonly rowHeight: number;
  /** How many levels of groups the records lie in. */
  readonly levels: number;
  readonly selection: Selection;
  readonly active: Position;
  readonly range: CellRange;
  /** Whether the range is more than the active cell. */
  readonly several: boolean;
  readonly editing: Editing | null;
  readonly pointed: Position | null;
}

export function GridBody({ items, shown, height, ...rest }: Props) {
  return (
    <div role="rowgroup" className="grid-body" style={{ height }}>
      {shown.map((index) => {
        const item = items[index];
        return item ? <GridLine key={item.key} item={item} row={index} {...rest} /> : null;
      })}
    </div>
  );
}

interface LineProps extends Omit<Props, "items" | "shown" | "height"> {
  readonly item: GridItem;
  readonly row: number;
}

function GridLine({ item, row, rowHeight, levels, selection, active, range, several, editing, pointed }: LineProps) {
  const place = { row, top: row * rowHeight, height: rowHeight };
  const isActive = active.row === row;
  if (item.kind === "wait") return <WaitRow {...place} active={isActive} />;
  if (item.kind === "more") return <MoreRow item={item} {...place} active={isActive} />;
  if (item.kind === "group") return <GroupRow group={item.group} {...place} active={isActive} />;
  const inRange = row >= range.top && row <= range.bottom;
  return (
    <GridRow
      record={item.record}
      {...place}
      level={levels > 0 ? levels + 1 : undefined}
      selected={selection.records.has(item.record.id)}
      activeColumn={isActive ? active.column : null}
      left={inRange && several ? range.left : Infinity}
      right={inRange ? range.right : 0}
      last={row === range.bottom}
      editing={editing?.row === row ? editing : null}
      pointed={pointed?.row === row ? pointed.column : null}
    />
  );
}

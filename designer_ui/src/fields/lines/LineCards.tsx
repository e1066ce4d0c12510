/** Lines on a phone: a card each, which opens to a small form. */
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useMemo, useRef, useState, type ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { setCells } from "@/model/lines";
import { MenuButton } from "@/ui/MenuButton";
import { Card, Totals } from "./LineCard";
import { useColumns } from "./columns";
import { LineDialog } from "./LineDialog";
import { LinesCount } from "./LinesFoot";
import type { LinesGrid } from "./LinesGrid";
import { ProblemList } from "./ProblemList";
import { problemsOf, useMessages } from "./problems";
import { useOperations, type Operations } from "./useOperations";

/** Cards that are drawn at once; more on demand. */
const PART = 50;
const SIZE = 18;

export function LineCards({ id, field, label, lines, issues, place, values, readOnly, describedBy, least, most, work }: ComponentProps<typeof LinesGrid>) {
  const { t } = useTranslation();
  const { columns } = useColumns(field, place, 0);
  const [open, setOpen] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(PART);
  const messages = useMessages(columns, issues);
  const problems = useMemo(() => problemsOf(lines, messages), [lines, messages]);
  const at = useRef(0);
  const range = () => ({ top: at.current, bottom: at.current, left: 0, right: columns.length - 1 });
  const operations = useOperations({ field, lines, columns, most, work, range, onSelect: (top) => void (at.current = top) });
  const row = lines.findIndex(({ line }) => line.key === open);
  const shown = lines[row];
  const openRow = (wanted: number): void => setOpen(work.now()[wanted]?.key ?? null);
  const add = (): void => {
    if (operations.insert(work.now().length)) openRow(work.now().length - 1);
    setDrawn((before) => Math.max(before, work.now().length));
  };
  const withLine = (wanted: number, act: (operations: Operations) => void) => () => {
    at.current = wanted;
    act(operations);
  };
  return (
    <div className="lines line-cards" id={id} role="group" aria-label={label} aria-describedby={describedBy}>
      <ol>
        {lines.slice(0, drawn).map((line, index) => (
          <li key={line.line.key} className={messages(line).size > 0 ? "refused" : ""}>
            <button type="button" className="line-card" onClick={() => setOpen(line.line.key)}>
              <Card shown={line} number={index + 1} columns={columns} place={place} />
              {[...messages(line).values()].slice(0, 1).map((message) => <span key={message} className="form-issue">{message}</span>)}
            </button>
            {readOnly ? null : (
              <MenuButton
                label={t("lines.actions", { number: index + 1 })}
                groups={[
                  [
                    { key: "up", label: t("lines.action.up"), icon: <IconArrowUp size={SIZE} />, disabled: index === 0, onSelect: withLine(index, (one) => one.move(-1)) },
                    { key: "down", label: t("lines.action.down"), icon: <IconArrowDown size={SIZE} />, disabled: index === lines.length - 1, onSelect: withLine(index, (one) => one.move(1)) },
                    { key: "copy", label: t("lines.action.duplicate"), icon: <IconCopy size={SIZE} />, disabled: lines.length >= most, onSelect: withLine(index, (one) => one.duplicate()) },
                  ],
                  [{ key: "remove", label: t("lines.action.remove"), icon: <IconTrash size={SIZE} />, danger: true, onSelect: withLine(index, (one) => one.remove()) }],
                ]}
              >
                <IconDots size={SIZE} aria-hidden />
              </MenuButton>
            )}
          </li>
        ))}
      </ol>
      {lines.length > drawn ? <Button type="text" onClick={() => setDrawn(drawn + PART)}>{t("lines.showMore", { count: lines.length - drawn })}</Button> : null}
      <Totals lines={lines} columns={columns} place={place} />
      <ProblemList problems={problems} columns={columns} onGo={(wanted) => openRow(wanted)} />
      <div className="lines-foot">
        {readOnly ? null : <Button icon={<IconPlus size={SIZE} aria-hidden />} size="large" disabled={lines.length >= most} onClick={add}>{t("lines.add")}</Button>}
        <LinesCount {...{ least, most }} count={lines.length} />
      </div>
      {shown ? (
        <LineDialog
          key={shown.line.key}
          shown={shown}
          row={row}
          count={lines.length}
          columns={columns}
          place={place}
          values={values}
          messages={messages(shown)}
          readOnly={readOnly}
          onChange={(key, value) => work.type(setCells(work.now(), [{ row: work.now().findIndex(({ key: one }) => one === shown.line.key), field: key, value }]))}
          onGo={openRow}
          onAdd={lines.length < most ? add : undefined}
          onDone={(before) => {
            if (work.now() !== before) work.write(work.now(), before);
            setOpen(null);
          }}
          now={work.now}
        />
      ) : null}
    </div>
  );
}

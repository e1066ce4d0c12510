/** How the cells of one column are read: what names a record, the order of a date, the sign before decimals. */
import { useFormat } from "@/ui/format";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldNamed } from "./mapping";
import { withChoice, type Plan } from "./plan";
import { firstRead, readDate, readNumber } from "./samples";
import type { DateOrder, ImportColumn, LinkInfo, NumberStyle } from "./types";
import type { Ready } from "./useFiles";

interface Props {
  readonly entry: Ready;
  readonly column: ImportColumn;
  /** Forms that other files of this import go into. */
  readonly brought: ReadonlySet<string>;
  readonly onChange: (plan: Plan) => void;
}

const DATES = new Set(["date", "datetime"]);
const NUMBERS = new Set(["number", "money", "percent", "rating"]);

export function ColumnOptions(props: Props) {
  const { entry, column } = props;
  const key = entry.plan.mapping[column.name] ?? "";
  const type = fieldNamed(entry.describe, key)?.type ?? "";
  const link = entry.preview.links[key];
  if (link) return <LinkOptions {...props} link={link} />;
  if (column.dates && DATES.has(type)) return <DateOptions {...props} found={column.dates} />;
  if (column.numbers && NUMBERS.has(type)) return <NumberOptions {...props} found={column.numbers} />;
  return null;
}

function LinkOptions({ entry, column, brought, onChange, link }: Props & { link: LinkInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const choice = entry.plan.columns[column.name] ?? {};
  const name = format.label(link.label);
  return (
    <span className="import-options">
      <label>
        <span>{t("import.link.by", { form: name })}</span>
        <Select
          size="small"
          value={choice.find_by ?? ""}
          popupMatchSelectWidth={false}
          options={[{ value: "", label: t("import.link.usual") }, ...link.find_by.map(({ key, label }) => ({ value: key, label: format.label(label) }))]}
          onChange={(key: string) => onChange(withChoice(entry.plan, column.name, { find_by: key || null }))}
        />
      </label>
      {link.create ? (
        <Checkbox
          checked={choice.create_missing ?? false}
          onChange={(event) => onChange(withChoice(entry.plan, column.name, { create_missing: event.target.checked }))}
        >
          {t("import.link.create")}
        </Checkbox>
      ) : null}
      {brought.has(link.form) ? <span className="muted">{t("import.link.brought", { form: name })}</span> : null}
    </span>
  );
}

const ORDERS: readonly DateOrder[] = ["ymd", "dmy", "mdy"];

function DateOptions({ entry, column, onChange, found }: Props & { found: NonNullable<ImportColumn["dates"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const chosen = entry.plan.dateOrders[column.name];
  const order = chosen ?? found.order;
  const example = firstRead(column.samples, (text) => readDate(text, order));
  return (
    <Reading
      word={t("import.date.order")}
      ways={ORDERS.map((value) => ({ value, label: t(`import.date.${value}`) }))}
      way={order}
      reads={example ? t("import.date.reads", { text: example[0], date: format.date(example[1]) }) : ""}
      doubt={found.doubtful && !chosen ? t("import.date.doubtful") : ""}
      onChange={(value) => onChange({ ...entry.plan, dateOrders: { ...entry.plan.dateOrders, [column.name]: value } })}
    />
  );
}

const STYLES: readonly NumberStyle[] = ["point", "comma"];

function NumberOptions({ entry, column, onChange, found }: Props & { found: NonNullable<ImportColumn["numbers"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const chosen = entry.plan.columns[column.name]?.numbers;
  const style = chosen ?? found.style;
  const example = firstRead(column.samples, (text) => (/[.,]/.test(text) ? readNumber(text, style) : null));
  return (
    <Reading
      word={t("import.number.style")}
      ways={STYLES.map((value) => ({ value, label: t(`import.number.${value}`) }))}
      way={style}
      reads={example ? t("import.number.reads", { text: example[0], number: format.number(example[1]) }) : ""}
      doubt={found.doubtful && !chosen ? t("import.number.doubtful") : ""}
      onChange={(value) => onChange(withChoice(entry.plan, column.name, { numbers: value }))}
    />
  );
}

interface ReadingProps<Way extends string> {
  readonly word: string;
  readonly ways: { readonly value: Way; readonly label: string }[];
  readonly way: Way;
  /** What is read of an example; "" without one. */
  readonly reads: string;
  /** Why somebody should look; "" where it is clear. */
  readonly doubt: string;
  readonly onChange: (way: Way) => void;
}

/** One of several ways to read the cells, with what it makes of one of them. */
function Reading<Way extends string>({ word, ways, way, reads, doubt, onChange }: ReadingProps<Way>) {
  return (
    <span className="import-options">
      <label>
        <span className="sr-only">{word}</span>
        <Select<Way> size="small" value={way} popupMatchSelectWidth={false} options={ways} onChange={onChange} />
      </label>
      {reads ? <span className="muted num">{reads}</span> : null}
      {doubt ? <span className="import-doubt"><IconAlertTriangle size={14} aria-hidden /> {doubt}</span> : null}
    </span>
  );
}

/** One card: a picture, a title that leads to the record, fields, and badges. */
import { fileAddress, type Describe, type FileJson, type Json, type RecordJson } from "@/api";
import { captionOf } from "@/catalogue/caption";
import { FieldCell } from "@/catalogue/FieldCell";
import { optionOf } from "@/catalogue/settings";
import { fieldOn } from "@/model/limits";
import type { CardField, GallerySettings } from "@/model/view";
import { useFormat } from "@/ui/format";
import { Tag, toneClass } from "@/ui/Tag";
import { IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fieldsOf } from "../list/fields";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly settings: GallerySettings;
  readonly fields: readonly CardField[];
  readonly color: string | null;
  /** Height of the picture, px; 0 without one. */
  readonly cover: number;
  /** The card that Tab leads to. */
  readonly focused: boolean;
}

export function Card({ describe, record, settings, fields: shown, color, cover, focused }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsOf(describe);
  const title = captionOf(settings.title, record, fields, format) || t("list.untitled");
  const place = (field: string) => ({ app: describe.app, form: describe.key, field, record: record.id });
  return (
    <article className={color ? `gallery-card ${toneClass(color)}` : "gallery-card"} data-size={settings.size}>
      {settings.cover === null ? null : (
        <Cover file={firstFile(record[settings.cover])} height={cover} whole={settings.fit === "whole"} address={(id) => fileAddress(id, place(settings.cover ?? ""))} />
      )}
      <div className="gallery-text">
        <h2 title={title}><Link to={`/a/${describe.app}/${describe.key}/${record.id}`} tabIndex={focused ? 0 : -1}>{title}</Link></h2>
        <dl>
          {shown.map(({ field: key, label, size }) => {
            const field = fields[key];
            return field ? (
              <div key={key} className={`letters-${size}`}>
                <dt className={label ? undefined : "sr-only"}>{format.label(field.label)}</dt>
                <dd><FieldCell value={record[key]} field={fieldOn(field, key, record)} place={place(key)} blank="–" /></dd>
              </div>
            ) : null;
          })}
        </dl>
        {settings.badges.length > 0 ? (
          <p className="gallery-badges">
            {settings.badges.flatMap((key) => {
              const field = fields[key];
              if (!field) return [];
              return keysOf(record[key]).flatMap((choice) => {
                const option = optionOf(field, choice);
                return option ? [<Tag key={`${key}.${choice}`} color={option.color}>{format.label(option.label)}</Tag>] : [];
              });
            })}
          </p>
        ) : null}
      </div>
    </article>
  );
}

function Cover({ file, height, whole, address }: { file: FileJson | null; height: number; whole: boolean; address: (id: number) => string }) {
  return (
    <div className={whole ? "gallery-cover whole" : "gallery-cover"} style={{ height }}>
      {file ? <img src={address(file.id)} alt="" loading="lazy" /> : <IconPhoto size={28} stroke={1.4} aria-hidden />}
    </div>
  );
}

function firstFile(value: Json | undefined): FileJson | null {
  const [first] = Array.isArray(value) ? value : [];
  return typeof first === "object" && first !== null && "id" in first ? (first as unknown as FileJson) : null;
}

const keysOf = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");

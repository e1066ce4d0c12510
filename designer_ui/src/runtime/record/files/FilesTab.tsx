import { IconFiles } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useRecordFiles, type Describe, type RecordFile, type RecordJson } from "@/api";
import { FileIcon } from "@/fields/files/FileIcon";
import { FileLink } from "@/fields/files/FileLink";
import type { ShownFile } from "@/fields/files/FileViewer";
import { useViewer } from "@/fields/files/useViewer";
import { fieldOf } from "@/model/layout";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { AddFiles } from "./AddFiles";
import "./files.css";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
}

/** What a field that holds files is called, one of a line with the line. */
function useWhere(describe: Describe): (one: RecordFile) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ field, line }) => {
    if (field === null) return t("recordFiles.comment");
    const [key = "", inside] = field.split(".");
    const own = fieldOf(describe, key);
    const label = format.label(own?.label);
    if (inside === undefined) return label;
    return t("recordFiles.line", { field: label, line: format.number(line ?? 0) });
  };
}

/** All files of a record: in its fields, its lines and its comments; to look at, to keep, to add. */
export default function FilesTab({ describe, record }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const found = useRecordFiles(describe.app, describe.key, record.id);
  const files = found.data?.files ?? [];
  const shown = files.map(({ file, field, comment }): ShownFile => ({
    file,
    place: { app: describe.app, form: describe.key, record: record.id, ...(field === null ? { comment: comment ?? 0 } : { field }) },
  }));
  const { open, viewer } = useViewer(shown);
  const add = <AddFiles describe={describe} record={record} />;
  if (found.isError) return <ErrorView part error={found.error} onRetry={found.refetch} />;
  if (found.isPending) return <div className="card padded"><Skeleton lines={4} /></div>;
  const List = phone ? Cards : Table;
  return (
    <section className="card record-files" aria-label={t("record.timeline.files")}>
      {files.length === 0 ? (
        <EmptyState icon={<IconFiles size={24} />} title={t("recordFiles.none")} actions={add}>{t("recordFiles.noneHelp")}</EmptyState>
      ) : (
        <>
          <header>{add}</header>
          <List describe={describe} files={files} shown={shown} onOpen={open} />
          {found.data.more ? <p className="muted" role="note">{t("recordFiles.more")}</p> : null}
        </>
      )}
      {viewer}
    </section>
  );
}

interface ListProps {
  readonly describe: Describe;
  readonly files: readonly RecordFile[];
  readonly shown: readonly ShownFile[];
  readonly onOpen: (place: number) => void;
}

const keyOf = (one: RecordFile): string => `${one.file.id}/${one.field}/${one.line}/${one.comment}`;

function Table({ describe, files, shown, onOpen }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const where = useWhere(describe);
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            {(["name", "where", "who", "when", "size"] as const).map((key) => <th key={key} scope="col" className={key === "size" ? "end" : ""}>{t(`recordFiles.${key}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {files.map((one, place) => (
            <tr key={keyOf(one)}>
              <td><FileLink shown={shown[place] as ShownFile} icon={<FileIcon file={one.file} />} onOpen={() => onOpen(place)} /></td>
              <td>{where(one)}</td>
              <td>{one.actor?.name ?? t("record.systemActor")}</td>
              <td className="num"><time dateTime={one.at} title={format.relative(one.at)}>{format.dateTime(one.at)}</time></td>
              <td className="num end">{format.bytes(one.file.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ describe, files, shown, onOpen }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const where = useWhere(describe);
  return (
    <ul>
      {files.map((one, place) => (
        <li key={keyOf(one)}>
          <FileLink shown={shown[place] as ShownFile} icon={<FileIcon file={one.file} />} onOpen={() => onOpen(place)} />
          <p className="muted">{where(one)} · {one.actor?.name ?? t("record.systemActor")}</p>
          <p className="muted num"><time dateTime={one.at}>{format.dateTime(one.at)}</time> · {format.bytes(one.file.size)}</p>
        </li>
      ))}
    </ul>
  );
}

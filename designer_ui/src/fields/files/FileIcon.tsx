import { IconFile, IconFileText, IconFileTypePdf, IconPhoto, IconTable } from "@tabler/icons-react";
import type { FileJson } from "@/api";
import { fileKind, type FileKind } from "@/model/fileKinds";

const ICONS: Record<FileKind, typeof IconFile> = { image: IconPhoto, pdf: IconFileTypePdf, table: IconTable, text: IconFileText, other: IconFile };

/** What kind of file it is, as a sign before its name. */
export function FileIcon({ file }: { file: FileJson }) {
  const Shape = ICONS[fileKind(file)];
  return <Shape size={16} aria-hidden />;
}

import { IconChevronLeft, IconChevronRight, IconDownload, IconFile, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { FileJson, FilePlace } from "@/api";
import { fileKind } from "@/model/fileKinds";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { PdfSheet } from "./PdfSheet";
import { TextSheet } from "./TextSheet";
import "./viewer.css";
import { useFileAddress } from "./task";

export interface ShownFile {
  readonly file: FileJson;
  /** Missing: one's own upload. */
  readonly place: FilePlace | undefined;
}

interface Props {
  readonly files: readonly ShownFile[];
  readonly first: number;
  readonly onClose: () => void;
}

const STEP = 1.5;
const MOST = 8;

/** Files over the page, one after the other: pictures, PDF, texts and tables to look at, all of them to keep. */
export default function FileViewer({ files, first, onClose }: Props) {
  const fileAddress = useFileAddress();
  const { t } = useTranslation();
  const format = useFormat();
  const [at, setAt] = useState(first);
  const [zoom, setZoom] = useState(1);
  const shown = files[at];
  if (!shown) return null;
  const { file, place } = shown;
  const address = fileAddress(file.id, place);
  const kind = fileKind(file);
  const show = (next: number) => {
    setAt((next + files.length) % files.length);
    setZoom(1);
  };
  const scale = (factor: number) => setZoom((before) => (kind === "image" ? Math.min(MOST, Math.max(1, before * factor)) : 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const sheet = event.target instanceof HTMLElement ? event.target.closest(".viewer-sheet") : null;
    const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    // A wide table or an enlarged picture is moved by the same keys.
    if (event.ctrlKey || event.metaKey || event.altKey || (sideways && sheet && sheet.scrollWidth > sheet.clientWidth)) return;
    const action = { ArrowRight: () => show(at + 1), ArrowLeft: () => show(at - 1), "+": () => scale(STEP), "-": () => scale(1 / STEP) }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return createPortal(
    // What happens in it is nothing to the cell, the row or the card it was opened from.
    <div role="presentation" onKeyDown={onKeyDown} onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()} onMouseDown={(event) => event.stopPropagation()}>
      <Dialog title={file.name} className="viewer" onClose={onClose}>
        <div className="viewer-tools">
          {files.length > 1 ? (
            <>
              <IconButton label={t("viewer.previous")} onClick={() => show(at - 1)}><IconChevronLeft size={18} aria-hidden /></IconButton>
              <span className="muted num" role="status">{format.number(at + 1)} / {format.number(files.length)}</span>
              <IconButton label={t("viewer.next")} onClick={() => show(at + 1)}><IconChevronRight size={18} aria-hidden /></IconButton>
            </>
          ) : null}
          <span className="gap" />
          <small className="muted num">{format.bytes(file.size)}</small>
          {kind === "image" ? (
            <>
              <IconButton label={t("viewer.smaller")} disabled={zoom <= 1} onClick={() => scale(1 / STEP)}><IconZoomOut size={18} aria-hidden /></IconButton>
              <IconButton label={t("viewer.larger")} disabled={zoom >= MOST} onClick={() => scale(STEP)}><IconZoomIn size={18} aria-hidden /></IconButton>
            </>
          ) : null}
          <a className="j-iconbutton" href={address} download={file.name} aria-label={t("viewer.download")} title={t("viewer.download")}><IconDownload size={18} aria-hidden /></a>
        </div>
        <div key={address} className="viewer-sheet" tabIndex={0} role="region" aria-label={file.name}>
          {kind === "image" ? (
            <img src={address} alt={file.name} style={{ width: zoom === 1 ? undefined : `${zoom * 100}%`, maxWidth: zoom === 1 ? undefined : "none", maxHeight: zoom === 1 ? undefined : "none" }} />
          ) : kind === "pdf" ? (
            <PdfSheet address={address} name={file.name} />
          ) : kind === "other" ? (
            <EmptyState icon={<IconFile size={24} />} title={t("viewer.none")}>{t("viewer.noneHelp")}</EmptyState>
          ) : (
            <TextSheet address={address} table={kind === "table"} />
          )}
        </div>
      </Dialog>
    </div>,
    document.body,
  );
}

import { IconChevronLeft, IconChevronRight, IconDownload, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { fileAddress, type FileJson } from "@/api";
import type { Place } from "@/catalogue/registry";
import { Dialog } from "@/ui/Dialog";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import "./preview.css";

interface Props {
  readonly files: readonly FileJson[];
  readonly first: number;
  readonly place: Place;
  readonly onClose: () => void;
}

const STEP = 1.5;
const MOST = 8;

/** Images of one field over the page: next and previous, larger and smaller, and to keep. */
export default function ImagePreview({ files, first, place, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [at, setAt] = useState(first);
  const [zoom, setZoom] = useState(1);
  const file = files[at];
  if (!file) return null;
  const show = (next: number) => {
    setAt((next + files.length) % files.length);
    setZoom(1);
  };
  const scale = (factor: number) => setZoom((before) => Math.min(MOST, Math.max(1, before * factor)));
  const onKeyDown = (event: KeyboardEvent) => {
    const action = { ArrowRight: () => show(at + 1), ArrowLeft: () => show(at - 1), "+": () => scale(STEP), "-": () => scale(1 / STEP) }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return createPortal(
    // What happens in it is nothing to the cell, the row or the card it was opened from.
    <div role="presentation" onKeyDown={onKeyDown} onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
      <Dialog title={file.name} className="preview" onClose={onClose}>
        <div className="preview-tools">
          {files.length > 1 ? (
            <>
              <IconButton label={t("fields.preview.previous")} onClick={() => show(at - 1)}><IconChevronLeft size={18} aria-hidden /></IconButton>
              <span className="muted num">{format.number(at + 1)} / {format.number(files.length)}</span>
              <IconButton label={t("fields.preview.next")} onClick={() => show(at + 1)}><IconChevronRight size={18} aria-hidden /></IconButton>
            </>
          ) : null}
          <span className="gap" />
          <IconButton label={t("fields.preview.smaller")} disabled={zoom <= 1} onClick={() => scale(1 / STEP)}><IconZoomOut size={18} aria-hidden /></IconButton>
          <IconButton label={t("fields.preview.larger")} disabled={zoom >= MOST} onClick={() => scale(STEP)}><IconZoomIn size={18} aria-hidden /></IconButton>
          <a className="j-iconbutton" href={fileAddress(file.id, place)} download={file.name} aria-label={t("fields.preview.download")} title={t("fields.preview.download")}><IconDownload size={18} aria-hidden /></a>
        </div>
        <div className="preview-sheet" tabIndex={0} role="region" aria-label={file.name}>
          <img key={file.id} src={fileAddress(file.id, place)} alt={file.name} style={{ width: zoom === 1 ? undefined : `${zoom * 100}%`, maxWidth: zoom === 1 ? undefined : "none", maxHeight: zoom === 1 ? undefined : "none" }} />
        </div>
      </Dialog>
    </div>,
    document.body,
  );
}

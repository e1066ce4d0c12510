import { IconUpload, IconX } from "@tabler/icons-react";
import { useLayoutEffect, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FileJson, Json } from "@/api";
import type { InputProps, Place } from "@/catalogue/registry";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { FileLink } from "../files/FileLink";
import { useViewer } from "../files/useViewer";
import { filesOf } from "./files";
import { useUploads, type Upload } from "./useUploads";
import { useFileAddress } from "../files/task";

const asJson = (files: readonly FileJson[]): Json => (files.length ? (files as unknown as Json) : null);

/** Files chosen or dropped; each is sent at once and belongs to the record when that is saved. */
export function FilePicker({ id, value, onChange, place, disabled = false, describedBy, label, images = false }: InputProps & { images?: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  /** Several files may arrive before the form has drawn the first: each adds to what the one before it left. */
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  }, [value]);
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const change = (files: readonly FileJson[]): void => {
    latest.current = asJson(files);
    onChange(latest.current);
  };
  const { uploads, problems, take } = useUploads((stored) => {
    setFresh((before) => new Set(before).add(stored.id));
    change([...filesOf(latest.current), stored]);
  });
  // The record does not hold a new file before it is saved: until then it is its uploader's own.
  const shown = filesOf(value).map((file) => ({ file, place: fresh.has(file.id) ? undefined : place }));
  const { open, viewer } = useViewer(shown);
  return (
    <DropArea disabled={disabled} onFiles={(files) => take(files, images)}>
      <ul>
        {shown.map(({ file, place: where }, index) => (
          <FileLine
            key={file.id}
            file={file}
            image={images}
            place={where}
            onOpen={() => open(index)}
            onRemove={disabled ? undefined : () => change(filesOf(latest.current).filter((one) => one.id !== file.id))}
          />
        ))}
        {uploads.map((upload) => <UploadLine key={upload.key} upload={upload} />)}
      </ul>
      {disabled ? null : (
        <button type="button" id={id} aria-label={label} aria-describedby={describedBy} onClick={() => input.current?.click()}>
          <IconUpload size={16} aria-hidden />
          {images ? t("fields.file.chooseImages") : t("fields.file.choose")}
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={images ? "image/*" : undefined}
        onChange={(event) => {
          if (event.target.files) take(event.target.files, images);
          event.target.value = "";
        }}
      />
      {viewer}
      <div role="alert" className="f-error">{problems.map((problem) => <p key={problem}>{problem}</p>)}</div>
    </DropArea>
  );
}

function DropArea({ disabled, onFiles, children }: { disabled: boolean; onFiles: (files: FileList) => void; children: React.ReactNode }) {
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    setOver(!disabled);
  };
  const onDragLeave = (event: DragEvent<HTMLElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled) onFiles(event.dataTransfer.files);
  };
  return <div className={over ? "f-drop over" : "f-drop"} {...{ onDragOver, onDragLeave, onDrop }}>{children}</div>;
}

interface FileLineProps {
  readonly file: FileJson;
  readonly image: boolean;
  readonly place: Place | undefined;
  readonly onOpen: () => void;
  readonly onRemove: (() => void) | undefined;
}

function FileLine({ file, image, place, onOpen, onRemove }: FileLineProps) {
  const fileAddress = useFileAddress();
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      {image ? <img src={fileAddress(file.id, place)} alt="" /> : null}
      <FileLink shown={{ file, place }} onOpen={onOpen} />
      <small className="muted num">{format.bytes(file.size)}</small>
      {onRemove ? (
        <IconButton label={t("fields.file.remove", { name: file.name })} onClick={onRemove}><IconX size={14} aria-hidden /></IconButton>
      ) : null}
    </li>
  );
}

function UploadLine({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="f-sending">
      <IconUpload size={16} aria-hidden />
      <span className="ellipsis" title={upload.name}>{upload.name}</span>
      <progress value={upload.part} max={1} aria-label={t("fields.file.sending", { name: upload.name })} />
      <small className="muted num">{format.number(Math.round(upload.part * 100) / 100, { percent: true })}</small>
      <IconButton label={t("fields.file.cancel", { name: upload.name })} onClick={upload.cancel}><IconX size={14} aria-hidden /></IconButton>
    </li>
  );
}

import { IconPaperclip, IconUpload, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, uploadFile, type FileJson, type Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { filesOf } from "./files";

const LARGEST = 50 * 1024 * 1024;

/** Files chosen or dropped; each is sent at once and belongs to the record when that is saved. */
export function FilePicker({ id, value, onChange, place, disabled, describedBy, label, images = false }: InputProps & { images?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  latest.current = value;
  const [waiting, setWaiting] = useState(0);
  const [problem, setProblem] = useState("");
  const [over, setOver] = useState(false);
  const files = filesOf(value);
  const send = async (file: File) => {
    if (file.size > LARGEST) return setProblem(t("fields.file.tooBig", { name: file.name }));
    setWaiting((count) => count + 1);
    try {
      const stored = await uploadFile(file);
      latest.current = [...filesOf(latest.current), stored] as unknown as Json;
      onChange(latest.current);
      announce(t("fields.file.added", { name: file.name }));
    } catch (error) {
      setProblem(`${file.name}: ${errorText(error)}`);
    } finally {
      setWaiting((count) => count - 1);
    }
  };
  const take = (list: FileList | null) => {
    setProblem("");
    for (const file of list ?? []) void send(file);
  };
  const drop = (file: FileJson) => {
    const rest = files.filter((one) => one.id !== file.id);
    onChange(rest.length ? (rest as unknown as Json) : null);
  };
  return (
    <div
      className={`f-drop ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) take(event.dataTransfer.files);
      }}
    >
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            {images ? <img src={fileAddress(file.id, place)} alt="" /> : <IconPaperclip size={16} aria-hidden />}
            <span className="ellipsis" title={file.name}>{file.name}</span>
            <small className="muted num">{format.bytes(file.size)}</small>
            {disabled ? null : (
              <IconButton label={t("fields.file.remove", { name: file.name })} onClick={() => drop(file)}><IconX size={14} aria-hidden /></IconButton>
            )}
          </li>
        ))}
      </ul>
      {disabled ? null : (
        <button type="button" id={id} aria-label={label} aria-describedby={describedBy} onClick={() => input.current?.click()}>
          <IconUpload size={16} aria-hidden />
          {waiting > 0 ? t("fields.file.sending", { count: waiting }) : images ? t("fields.file.chooseImages") : t("fields.file.choose")}
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={images ? "image/*" : undefined}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <p role="alert" className="f-error">{problem}</p>
    </div>
  );
}

import { IconPaperclip, IconX } from "@tabler/icons-react";
import { Button } from "antd";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { usePeopleWhoSee, useSayComment, type CommentJson, type FileJson, type PersonJson } from "@/api";
import { nameBeingTyped, withNames, withPerson, withTokens } from "@/model/mentions";
import { useUploads } from "@/fields/parts/useUploads";
import { IconButton } from "@/ui/IconButton";
import { useErrorText } from "@/ui/ErrorView";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly record: number;
  /** The comment that is being changed; missing for a new one. */
  readonly comment?: CommentJson;
  readonly onDone?: () => void;
}

/** A text with mentions: @ offers the people who may see the record. Ctrl+Enter sends. */
export function CommentBox({ app, form, record, comment, onDone }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(comment ? withNames(comment.text, comment.mentions) : "");
  const [chosen, setChosen] = useState<readonly PersonJson[]>(comment?.mentions ?? []);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const people = usePeopleWhoSee(app, form, record, typed).data ?? [];
  const offered = typed === null ? [] : people.slice(0, 8);
  const say = useSayComment(app, form, record);
  const picker = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly FileJson[]>(comment?.files ?? []);
  const { uploads, problems, take } = useUploads((stored) => setFiles((before) => [...before, stored]));
  const ready = (text.trim() !== "" || files.length > 0) && uploads.length === 0;
  const send = () => {
    if (!ready || say.isPending) return;
    say.mutate({ text: withTokens(text, chosen), files: files.map((file) => file.id), comment: comment?.id }, {
      onSuccess: () => {
        setText("");
        setChosen([]);
        setFiles([]);
        onDone?.();
      },
    });
  };
  const look = () => {
    const element = area.current;
    const name = element ? nameBeingTyped(element.value, element.selectionStart) : null;
    // Whoever stands there in full already was chosen.
    setTyped(chosen.some((person) => person.name === name) ? null : name);
    setAt(0);
  };
  const pick = (person: PersonJson) => {
    const element = area.current;
    if (!element) return;
    const next = withPerson(text, element.selectionStart, person);
    // At once: set a moment later, the cursor would jump to before a letter typed meanwhile.
    flushSync(() => {
      setText(next.text);
      setChosen((before) => [...before.filter((one) => one.id !== person.id), person]);
      setTyped(null);
    });
    element.focus();
    element.setSelectionRange(next.caret, next.caret);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return send();
    }
    if (event.key === "Escape") {
      if (offered.length) {
        event.preventDefault();
        event.stopPropagation();
        setTyped(null);
      } else onDone?.();
      return;
    }
    const person = offered[at];
    if (!person) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      pick(person);
    }
  };
  return (
    <form
      className="comment-box"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="comment-entry">
        <textarea
          ref={area}
          value={text}
          rows={comment ? 3 : 2}
          maxLength={10_000}
          aria-label={t("record.comment.label")}
          placeholder={t("record.comment.placeholder")}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-people`}
          aria-autocomplete="list"
          aria-activedescendant={offered.length ? `${id}-${at}` : undefined}
          autoFocus={comment !== undefined}
          onChange={(event) => {
            setText(event.target.value);
            look();
          }}
          onClick={look}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            take(event.clipboardData.files, false);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setTyped(null)}
        />
        <ul id={`${id}-people`} role="listbox" aria-label={t("record.comment.people")} hidden={offered.length === 0}>
          {offered.map((person, index) => (
            <li
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(person);
              }}
            >
              {person.name}
            </li>
          ))}
        </ul>
      </div>
      {files.length || uploads.length ? (
        <ul className="comment-files">
          {files.map((file) => (
            <li key={file.id}>
              <span className="ellipsis">{file.name}</span>
              <IconButton label={t("fields.file.remove", { name: file.name })} onClick={() => setFiles((before) => before.filter((one) => one.id !== file.id))}><IconX size={14} aria-hidden /></IconButton>
            </li>
          ))}
          {uploads.map((upload) => (
            <li key={upload.key}>
              <span className="ellipsis">{upload.name}</span>
              <progress value={upload.part} max={1} aria-label={t("fields.file.sending", { name: upload.name })} />
              <IconButton label={t("fields.file.cancel", { name: upload.name })} onClick={upload.cancel}><IconX size={14} aria-hidden /></IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      {problems.map((problem) => <p key={problem} role="alert" className="form-issue">{problem}</p>)}
      {say.isError ? <p role="alert" className="form-issue">{errorText(say.error)}</p> : null}
      <div className="comment-bar">
        <IconButton label={t("record.comment.attach")} onClick={() => picker.current?.click()}><IconPaperclip size={16} aria-hidden /></IconButton>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          onChange={(event) => {
            if (event.target.files) take(event.target.files, false);
            event.target.value = "";
          }}
        />
        <span className="gap" />
        {comment ? <Button size="small" onClick={onDone}>{t("ui.cancel")}</Button> : null}
        <Button size="small" type="primary" htmlType="submit" loading={say.isPending} disabled={!ready} title="Ctrl+Enter">{t(comment ? "ui.save" : "record.comment.send")}</Button>
      </div>
    </form>
  );
}

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "@/catalogue/registry";
import { plain } from "../parts/text";
import { LinkBox } from "../parts/LinkBox";
import { RichToolbar, type Command } from "../parts/RichToolbar";

/** Formatted text on the browser's own editing; the server cleans the HTML when the record is saved. */
export default function RichTextInput({ id, value, onChange, field, disabled, invalid, describedBy, label, autoFocus }: InputProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const html = plain(value);
  const written = useRef<string | null>(null);
  /** What was selected when somebody asked for a link; null while nobody does. */
  const [linking, setLinking] = useState<Range | null>(null);
  useEffect(() => {
    // Only what came from outside is put in: writing back what was typed would move the caret.
    if (box.current && html !== written.current) {
      box.current.innerHTML = html;
      written.current = html;
    }
  }, [html]);
  useEffect(() => {
    if (autoFocus) box.current?.focus();
  }, [autoFocus]);
  const changed = () => {
    const element = box.current;
    if (!element) return;
    const blank = (element.textContent ?? "").trim() === "" && !element.querySelector("img,hr");
    const next = blank ? "" : element.innerHTML;
    written.current = next;
    onChange(next === "" ? null : next);
  };
  const run: Command = (command, argument) => {
    box.current?.focus();
    // Deprecated but the only editing every browser has built in; undo works with it.
    document.execCommand(command, false, argument);
    changed();
  };
  const startLink = () => {
    const selection = window.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    setLinking(range && box.current?.contains(range.commonAncestorContainer) ? range.cloneRange() : endOf(box.current));
  };
  const finishLink = (address: string | null) => {
    const range = linking;
    setLinking(null);
    box.current?.focus();
    if (!range) return;
    const selection = window.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    if (address === null) return;
    if (range.collapsed) run("insertHTML", linkHtml(address));
    else run("createLink", address);
  };
  return (
    <div className={`f-rich ${invalid ? "invalid" : ""}`}>
      {disabled ? null : <RichToolbar controls={id} box={box} onCommand={run} onLink={startLink} />}
      {linking ? <LinkBox label={t("fields.rich.linkPrompt")} onDone={finishLink} /> : null}
      <div
        id={id}
        ref={box}
        className="f-html"
        contentEditable={!disabled}
        role="textbox"
        aria-multiline
        aria-label={label ?? field.label.en}
        aria-labelledby={label ? undefined : `${id}-label`}
        aria-describedby={describedBy}
        aria-invalid={invalid ?? false}
        tabIndex={0}
        onInput={changed}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing && event.key.toLowerCase() === "k") {
            event.preventDefault();
            event.stopPropagation();
            startLink();
          }
        }}
        onPaste={(event) => {
          // Foreign pages' styles stay outside: only the words come in.
          event.preventDefault();
          document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
        }}
      />
    </div>
  );
}

function endOf(element: HTMLElement | null): Range | null {
  if (!element) return null;
  const range = document.createRange();
  range.selectNodeContents(element);
  range.collapse(false);
  return range;
}

function linkHtml(address: string): string {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = address;
  return link.outerHTML;
}

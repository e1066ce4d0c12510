import { IconBlockquote, IconBold, IconClearFormatting, IconH2, IconItalic, IconLink, IconList, IconListNumbers, IconUnderline } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "@/catalogue/registry";
import { IconButton } from "@/ui/IconButton";
import { plain } from "../parts/text";

const TOOLS = [
  { key: "bold", icon: IconBold, command: "bold" },
  { key: "italic", icon: IconItalic, command: "italic" },
  { key: "underline", icon: IconUnderline, command: "underline" },
  { key: "heading", icon: IconH2, command: "formatBlock", value: "h3" },
  { key: "bullets", icon: IconList, command: "insertUnorderedList" },
  { key: "numbers", icon: IconListNumbers, command: "insertOrderedList" },
  { key: "quote", icon: IconBlockquote, command: "formatBlock", value: "blockquote" },
  { key: "clear", icon: IconClearFormatting, command: "removeFormat" },
] as const;

/** Formatted text on the browser's own editing; the server cleans the HTML when the record is saved. */
export default function RichTextInput({ id, value, onChange, field, disabled, invalid, describedBy, label }: InputProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const html = plain(value);
  const written = useRef<string | null>(null);
  useEffect(() => {
    // Only what came from outside is put in: writing back what was typed would move the caret.
    if (box.current && html !== written.current) {
      box.current.innerHTML = html;
      written.current = html;
    }
  }, [html]);
  const changed = () => {
    const element = box.current;
    if (!element) return;
    const blank = (element.textContent ?? "").trim() === "" && !element.querySelector("img,hr");
    const next = blank ? "" : element.innerHTML;
    written.current = next;
    onChange(next === "" ? null : next);
  };
  const run = (command: string, argument?: string) => {
    box.current?.focus();
    // Deprecated but the only editing every browser has built in; undo works with it.
    document.execCommand(command, false, argument);
    changed();
  };
  const link = () => {
    const address = window.prompt(t("fields.rich.linkPrompt"), "https://");
    if (address && /^(https?:|mailto:)/i.test(address)) run("createLink", address);
  };
  return (
    <div className={`f-rich ${invalid ? "invalid" : ""}`}>
      {disabled ? null : (
        <div role="toolbar" aria-label={t("fields.rich.toolbar")} aria-controls={id}>
          {TOOLS.map((tool) => (
            <IconButton
              key={tool.key}
              label={t(`fields.rich.${tool.key}`)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(tool.command, "value" in tool ? tool.value : undefined)}
            >
              <tool.icon size={16} aria-hidden />
            </IconButton>
          ))}
          <IconButton label={t("fields.rich.link")} onMouseDown={(event) => event.preventDefault()} onClick={link}>
            <IconLink size={16} aria-hidden />
          </IconButton>
        </div>
      )}
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
        onPaste={(event) => {
          // Foreign pages' styles stay outside: only the words come in.
          event.preventDefault();
          document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
        }}
      />
    </div>
  );
}

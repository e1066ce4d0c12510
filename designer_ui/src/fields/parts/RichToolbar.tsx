import { IconBlockquote, IconBold, IconClearFormatting, IconH2, IconItalic, IconLink, IconList, IconListNumbers, IconUnderline } from "@tabler/icons-react";
import { useEffect, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";

export type Command = (command: string, argument?: string) => void;

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

type Tool = (typeof TOOLS)[number];

function isOn(tool: Tool): boolean {
  if ("value" in tool) return document.queryCommandValue(tool.command).toLowerCase() === tool.value;
  return tool.key !== "clear" && document.queryCommandState(tool.command);
}

/** Which formats hold at the caret, as long as it is in the box. */
function useFormats(box: RefObject<HTMLElement | null>): ReadonlySet<string> {
  const [on, setOn] = useState("");
  useEffect(() => {
    const look = () => {
      const inside = box.current !== null && box.current.contains(document.activeElement);
      setOn(inside ? TOOLS.filter(isOn).map((tool) => tool.key).join(" ") : "");
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [box]);
  return new Set(on.split(" "));
}

interface Props {
  readonly controls: string;
  readonly box: RefObject<HTMLElement | null>;
  readonly onCommand: Command;
  readonly onLink: () => void;
}

export function RichToolbar({ controls, box, onCommand, onLink }: Props) {
  const { t } = useTranslation();
  const on = useFormats(box);
  const run = (tool: Tool) => {
    if (!("value" in tool)) return onCommand(tool.command);
    // Pressed once more, a heading or a quotation is plain text again.
    onCommand(tool.command, on.has(tool.key) ? "div" : tool.value);
  };
  return (
    <div role="toolbar" aria-label={t("fields.rich.toolbar")} aria-controls={controls}>
      {TOOLS.map((tool) => (
        <IconButton
          key={tool.key}
          label={t(`fields.rich.${tool.key}`)}
          aria-pressed={tool.key === "clear" ? undefined : on.has(tool.key)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(tool)}
        >
          <tool.icon size={16} aria-hidden />
        </IconButton>
      ))}
      <IconButton label={t("fields.rich.link")} onMouseDown={(event) => event.preventDefault()} onClick={onLink}>
        <IconLink size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

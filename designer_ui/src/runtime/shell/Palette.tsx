import { IconCornerDownLeft, IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSearch } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { usePaletteEntries, type PaletteEntry } from "./usePaletteEntries";
import { IconByName } from "@/ui/IconByName";

/** Search over everything and quick jumps: arrow keys choose, Enter goes there. */
export default function Palette({ app, onClose }: { app: string; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(text.trim());
  const search = useSearch(asked);
  const entries = usePaletteEntries(app, asked, asked.length > 1 ? (search.data ?? []) : []);
  const chosen = Math.min(active, entries.length - 1);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, chosen]);
  const go = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") go(entries[chosen]);
    else if (event.key === "ArrowDown") setActive(Math.min(chosen + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(chosen - 1, 0));
    else return;
    event.preventDefault();
  };
  const message = search.isError
    ? errorText(search.error)
    : asked.length > 1 && !search.isFetching && entries.length === 0
      ? t("shell.palette.nothing", { text: asked })
      : "";
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t("ui.search")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="palette-input">
        <IconSearch size={18} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries.length ? `${listId}-${chosen}` : undefined}
          aria-label={t("shell.searchHint")}
          placeholder={t("shell.searchHint")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd className="j-kbd">Esc</kbd>
      </div>
      <ul id={listId} role="listbox" aria-label={t("shell.palette.results")}>
        {entries.map((entry, index) => (
          <li
            key={entry.to}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => setActive(index)}
            onClick={() => go(entry)}
          >
            <IconByName name={entry.icon} />
            <span className="what">
              <span className="ellipsis">{entry.title}</span>
              {entry.subtitle ? <small className="ellipsis">{entry.subtitle}</small> : null}
            </span>
            <small>{entry.kind}</small>
            <IconCornerDownLeft className="enter" size={14} aria-hidden />
          </li>
        ))}
      </ul>
      <p role="status" className={message ? "palette-message" : "sr-only"}>{message}</p>
    </dialog>
  );
}

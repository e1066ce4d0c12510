import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface TabItem {
  readonly key: string;
  readonly label: string;
  /** A small number behind the label. */
  readonly badge?: string;
  readonly content: () => ReactNode;
}

/** Tabs by the ARIA pattern: arrow keys move, the panel of the active one is drawn. */
export function Tabs({ items, active, onOpen }: { items: readonly TabItem[]; active: string; onOpen: (key: string) => void }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A row of tabs may be longer than there is room for.
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  const at = items.findIndex((item) => item.key === active);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = items[(target + items.length) % items.length];
    if (!next) return;
    onOpen(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <>
      {items.length > 1 ? (
        <div ref={list} role="tablist" className="tabs" onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="tab"
              id={`${id}-${item.key}`}
              aria-selected={item.key === active}
              aria-controls={`${id}-panel`}
              tabIndex={item.key === active ? 0 : -1}
              onClick={() => onOpen(item.key)}
            >
              {item.label}
              {item.badge ? <span className="tab-badge num">{item.badge}</span> : null}
            </button>
          ))}
        </div>
      ) : null}
      <div
        id={`${id}-panel`}
        {...(items.length > 1 ? { role: "tabpanel", "aria-labelledby": `${id}-${active}` } : {})}
        key={active}
      >
        {items[at]?.content()}
      </div>
    </>
  );
}

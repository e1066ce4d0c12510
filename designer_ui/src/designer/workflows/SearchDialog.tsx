/** A dialog in which one types what one looks for: the arrows walk through what is found, Enter takes the first. */
import { Dialog } from "@/ui/Dialog";
import { Input, type InputRef } from "antd";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onFirst: () => void;
  readonly onClose: () => void;
  /** What is found, each a button `.wd-choice`. */
  readonly children: ReactNode;
}

export function SearchDialog({ title, hint, text, onText, onFirst, onClose, children }: Props) {
  const input = useRef<InputRef>(null);
  // A dialog that opens gives the focus to its first button, whatever asked for it before.
  useEffect(() => input.current?.focus(), []);
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("input, .wd-choice")];
    items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus();
  };
  return (
    <Dialog title={title} className="wd-add" onClose={onClose}>
      <div onKeyDown={move}>
        <Input ref={input} allowClear value={text} placeholder={hint} aria-label={hint} onChange={(event) => onText(event.target.value)} onPressEnter={(event) => (event.nativeEvent.isComposing ? undefined : onFirst())} />
        {children}
      </div>
    </Dialog>
  );
}

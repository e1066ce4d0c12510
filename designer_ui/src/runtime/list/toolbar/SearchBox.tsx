/** Search inside the list: waits until the typing pauses, and never while an input method composes. */
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useFollowing } from "@/ui/useFollowing";
import { useLeaving } from "@/ui/useLeaving";

const PAUSE = 300;

interface Props {
  readonly value: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
}

export function SearchBox({ value, label, onChange }: Props) {
  const [text, setText] = useState(value);
  const give = useFollowing(value, setText);
  const composing = useRef(false);
  const leaving = useLeaving();
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const send = (next: string, pause: number): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      if (leaving()) return;
      give(next.trim());
      onChange(next.trim());
    }, pause);
  };
  return (
    <label className="list-search">
      <IconSearch size={16} aria-hidden />
      <input
        type="search"
        value={text}
        maxLength={200}
        placeholder={label}
        aria-label={label}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          send(event.currentTarget.value, PAUSE);
        }}
        onChange={(event) => {
          setText(event.target.value);
          if (!composing.current) send(event.target.value, event.target.value === "" ? 0 : PAUSE);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) send(text, 0);
        }}
      />
    </label>
  );
}

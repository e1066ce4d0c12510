/** All of the drawing, small, with what is seen of it; a click leads there. */
import { SIZES, type Layout } from "@/model/workflows";
import { useEffect, useState, type RefObject } from "react";

interface Props {
  readonly layout: Layout;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly scale: number;
  readonly margin: number;
  readonly selected: string;
}

interface Seen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly all: boolean;
}

const WIDTH = 140;
const HEIGHT = 110;

export function MiniMap({ layout, frame, scale, margin, selected }: Props) {
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const look = (): void => {
      const left = Math.max(0, (box.clientWidth - layout.width * scale) / 2 - margin);
      setSeen({ x: (box.scrollLeft - margin - left) / scale, y: (box.scrollTop - margin) / scale, width: box.clientWidth / scale, height: box.clientHeight / scale, all: box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth });
    };
    look();
    box.addEventListener("scroll", look, { passive: true });
    const watcher = new ResizeObserver(look);
    watcher.observe(box);
    return () => {
      box.removeEventListener("scroll", look);
      watcher.disconnect();
    };
  }, [frame, layout, scale, margin]);
  if (!seen || seen.all || layout.width === 0) return null;
  const ratio = Math.min(WIDTH / layout.width, HEIGHT / layout.height);
  return (
    <svg
      className="wd-minimap"
      width={layout.width * ratio}
      height={layout.height * ratio}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden
      onPointerDown={(event) => {
        const at = event.currentTarget.getBoundingClientRect();
        const box = frame.current;
        box?.scrollTo(((event.clientX - at.left) / ratio) * scale + margin - box.clientWidth / 2, ((event.clientY - at.top) / ratio) * scale + margin - box.clientHeight / 2);
      }}
    >
      {layout.nodes.map(({ key, x, y }) => <rect key={key} x={x} y={y} width={SIZES.width} height={SIZES.height} rx={12} className={key === selected ? "chosen" : ""} />)}
      <rect className="seen" x={seen.x} y={seen.y} width={seen.width} height={seen.height} />
    </svg>
  );
}

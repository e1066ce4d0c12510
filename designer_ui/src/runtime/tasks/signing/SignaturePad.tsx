import { IconArrowBackUp, IconEraser } from "@tabler/icons-react";
import { Button } from "antd";
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { penPath, SIGNATURE_BOX, type Point, type Stroke } from "@/model/signature";

interface Props {
  readonly strokes: readonly Stroke[];
  readonly onChange: (strokes: readonly Stroke[]) => void;
}

const { width, height } = SIGNATURE_BOX;

/** A box to sign in with mouse, finger or pen. What is being drawn is told once the pen is lifted. */
export function SignaturePad({ strokes, onChange }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Stroke | null>(null);
  const pen = useRef<{ readonly id: number; points: Point[] } | null>(null);
  const at = (event: { readonly clientX: number; readonly clientY: number }, box: DOMRect): Point => [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  const down = (event: PointerEvent<SVGSVGElement>): void => {
    // One pen at a time; a palm that rests on the glass draws nothing.
    if (pen.current || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.current = { id: event.pointerId, points: [at(event, event.currentTarget.getBoundingClientRect())] };
    setOpen(pen.current.points);
  };
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const drawing = pen.current;
    if (drawing?.id !== event.pointerId) return;
    const box = event.currentTarget.getBoundingClientRect();
    const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
    drawing.points = [...drawing.points, ...(passed.length > 0 ? passed : [event.nativeEvent]).map((one) => at(one, box))];
    setOpen(drawing.points);
  };
  const up = (event: PointerEvent<SVGSVGElement>): void => {
    const drawing = pen.current;
    if (drawing?.id !== event.pointerId) return;
    pen.current = null;
    setOpen(null);
    onChange([...strokes, drawing.points]);
  };
  const undo = (): void => onChange(strokes.slice(0, -1));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || strokes.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    undo();
  };
  const shown = open ? [...strokes, open] : strokes;
  return (
    <div className="signature-pad" onKeyDown={onKeyDown}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t(strokes.length > 0 ? "signature.drawn" : "signature.box")} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}>
        <line className="signature-line" x1={40} x2={width - 40} y1={150} y2={150} />
        {shown.length === 0 ? <text x={width / 2} y={105} textAnchor="middle">{t("signature.here")}</text> : null}
        {shown.map((stroke, index) => <path key={index} d={penPath(stroke)} />)}
      </svg>
      <div className="signature-tools">
        <Button size="small" icon={<IconArrowBackUp size={16} aria-hidden />} disabled={strokes.length === 0} onClick={undo} title="Ctrl+Z">{t("signature.undo")}</Button>
        <Button size="small" icon={<IconEraser size={16} aria-hidden />} disabled={strokes.length === 0} onClick={() => onChange([])}>{t("signature.clear")}</Button>
      </div>
    </div>
  );
}

import { IconChevronDown } from "@tabler/icons-react";
import { Children, useId, useState, type ReactNode } from "react";
import type { SectionPlan } from "@/model/layout";
import { useFormat } from "@/ui/format";

/** A titled group of fields in one to three columns; it can be folded away. A section with nothing to show is left out. */
export function SectionBox({ plan, label, children }: { plan: SectionPlan; label?: string; children: ReactNode }) {
  const format = useFormat();
  const id = useId();
  const [open, setOpen] = useState(!plan.section?.collapsed);
  const title = label ?? format.label(plan.section?.label);
  if (Children.toArray(children).length === 0) return null;
  return (
    <section className="section-box" aria-labelledby={title ? id : undefined}>
      {title ? (
        <h3>
          <button type="button" id={id} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronDown size={16} aria-hidden />
            <span className="ellipsis">{title}</span>
          </button>
        </h3>
      ) : null}
      <div className={`fields columns-${plan.columns}`} hidden={!open}>{children}</div>
    </section>
  );
}

import { IconChevronDown } from "@tabler/icons-react";
import { Children, useId, useState, type ReactNode } from "react";
import type { SectionPlan } from "@/model/layout";
import { useFormat } from "@/ui/format";

interface Props {
  readonly plan: SectionPlan;
  readonly label?: string;
  /** Where its heading stands in the page's outline. */
  readonly heading: "h2" | "h3";
  /** Something inside needs attention: it cannot stay folded away. */
  readonly urgent?: boolean;
  readonly children: ReactNode;
}

/** A titled group of fields in one to three columns; it can be folded away. A section with nothing to show is left out. */
export function SectionBox({ plan, label, heading: Heading, urgent = false, children }: Props) {
  const format = useFormat();
  const id = useId();
  const [wanted, setOpen] = useState(!plan.section?.collapsed);
  const open = wanted || urgent;
  const title = label ?? format.label(plan.section?.label);
  if (Children.toArray(children).length === 0) return null;
  return (
    <section className="section-box" aria-labelledby={title ? id : undefined}>
      {title ? (
        <Heading>
          <button type="button" id={id} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronDown size={16} aria-hidden />
            <span className="ellipsis">{title}</span>
          </button>
        </Heading>
      ) : null}
      <div className={`fields columns-${plan.columns}`} hidden={!open}>{children}</div>
    </section>
  );
}

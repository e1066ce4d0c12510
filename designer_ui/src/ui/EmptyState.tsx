import type { ReactNode } from "react";

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** h1 where it stands in place of a whole page. */
  readonly heading?: "h1" | "h2";
}

/** One sentence on what this is, one thing to do about it. */
export function EmptyState({ icon, title, children, actions, heading: Heading = "h2" }: Props) {
  return (
    <div className="j-empty">
      <span className="mark" aria-hidden>{icon}</span>
      <Heading>{title}</Heading>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}

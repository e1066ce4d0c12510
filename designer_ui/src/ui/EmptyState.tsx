import type { ReactNode } from "react";

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** One sentence on what this is, one thing to do about it. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className="j-empty">
      <span className="mark" aria-hidden>{icon}</span>
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}

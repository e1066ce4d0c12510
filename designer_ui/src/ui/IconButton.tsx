import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label" | "title"> {
  /** What it does: read out, and shown on hover. */
  readonly label: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, children, className = "", ...rest }: Props) {
  return (
    <button type="button" aria-label={label} title={label} className={`j-iconbutton ${className}`} {...rest}>
      {children}
    </button>
  );
}

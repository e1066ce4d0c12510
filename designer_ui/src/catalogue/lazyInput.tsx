import { lazy, useState, type ComponentType } from "react";
import type { InputProps } from "./registry";

export interface LazyInput {
  (props: InputProps): React.ReactNode;
  /** Fetches the code ahead of drawing; a form that waits for it shows all its inputs at once. */
  readonly preload: () => Promise<void>;
}

/** An input whose code is fetched when first needed. Once it is there, drawing it never waits again. */
export function lazyInput(load: () => Promise<{ readonly default: ComponentType<InputProps> }>): LazyInput {
  let loaded: ComponentType<InputProps> | null = null;
  const fetchCode = async () => {
    const found = await load();
    loaded = found.default;
    return found;
  };
  const Waiting = lazy(fetchCode);
  function Input(props: InputProps) {
    // Chosen once: changing the component under a mounted input would throw away what is typed.
    const [Shown] = useState<ComponentType<InputProps>>(() => loaded ?? Waiting);
    return <Shown {...props} />;
  }
  return Object.assign(Input, { preload: () => fetchCode().then(() => undefined) });
}

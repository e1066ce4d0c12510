import { Component, type ErrorInfo, type ReactNode } from "react";
import { ErrorView } from "./ErrorView";

interface Props {
  readonly children: ReactNode;
  /** A change starts anew, for instance the address of the page. */
  readonly resetKey?: string;
}

/** Keeps a fault of one page from taking the whole screen with it. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error() };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    reportError(error instanceof Error ? error : new Error(`${String(error)} ${info.componentStack ?? ""}`));
  }

  override componentDidUpdate(before: Props): void {
    if (before.resetKey !== this.props.resetKey && this.state.error !== null) this.setState({ error: null });
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorView error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}

import { Component } from "react";
import { Failed } from "./states.tsx";

/** A page that breaks says so and leaves the frame standing. */
export class CatchError extends Component<{ children: React.ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <Failed error={this.state.error} retry={() => window.location.reload()} />
    );
  }
}

import { Component, type ReactNode } from 'react'

/** Shows `fallback` when what stands in it (a part of the page that loads later) could not be loaded. */
export class LoadBoundary extends Component<{ children: ReactNode; fallback: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}

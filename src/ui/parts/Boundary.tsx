import { Component, type ReactNode } from 'react'
import { en } from '../text/en.ts'
import { Button } from './Button.tsx'
import { Empty } from './Empty.tsx'
import { tryAgain } from './late.tsx'

interface Props {
  children: ReactNode
  /** What is shown instead. `again` shows the children anew. Default: what went wrong, and a button for it. */
  fallback?: Fallback
}

type Fallback = (error: Error, again: () => void) => ReactNode

const sayWhatFailed: Fallback = ({ message }, again) => (
  <div role="alert">
    <Empty title={en.failure.drawing} hint={en.failure.drawingHint(message)}>
      <Button onClick={again}>{en.failure.drawAgain}</Button>
    </Empty>
  </div>
)

/** What stands in it fails alone: when it cannot be drawn, or loaded, the rest of the page stays, and so do the cluster and the texts. */
export class Boundary extends Component<Props, { error: Error | undefined }> {
  override state = { error: undefined }
  static getDerivedStateFromError(error: Error) {
    return { error }
  }
  override render() {
    const { children, fallback = sayWhatFailed } = this.props
    const again = () => {
      tryAgain()
      this.setState({ error: undefined })
    }
    return this.state.error ? fallback(this.state.error, again) : children
  }
}

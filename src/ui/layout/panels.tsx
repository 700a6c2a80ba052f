import type { ComponentType } from 'react'
import type { PanelId } from '#state/session.ts'
import { ReactionPanel } from '../inspector/ReactionPanel.tsx'
import { WhyPanel } from '../inspector/WhyPanel.tsx'
import { late } from '../parts/late.tsx'
import { Terminal } from '../terminal/Terminal.tsx'
import { Timeline } from '../timeline/Timeline.tsx'
import { ManifestPanel } from './ManifestPanel.tsx'

const EventsPanel = late(
  () => import('../inspector/EventsPanel.tsx'),
  (module) => module.EventsPanel,
)

const LivePanel = late(
  () => import('../inspector/LivePanel.tsx'),
  (module) => module.LivePanel,
)

/** What can be shown in a region of the page, by name. The canvas has its own place. */
export const panels: Record<Exclude<PanelId, 'canvas'>, ComponentType> = {
  manifest: ManifestPanel,
  live: LivePanel,
  reaction: ReactionPanel,
  events: EventsPanel,
  why: WhyPanel,
  timeline: Timeline,
  terminal: Terminal,
}

export type ShownPanel = keyof typeof panels

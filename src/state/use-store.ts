import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { type ClockState, clockStore } from './clock.ts'
import { type ClusterState, clusterStore } from './cluster.ts'
import { type DocumentsState, documentsStore } from './documents.ts'
import { type JournalState, journalStore } from './journal.ts'
import { type SessionState, sessionStore } from './session.ts'
import { type Settings, settingsStore } from './settings.ts'
import { type TerminalState, terminalStore } from './terminal.ts'

export const useCluster = <T>(select: (state: ClusterState) => T): T => useStore(clusterStore, select)
/** For selectors that build a new array or object: re-renders only when its members changed. */
export const useClusterList = <T>(select: (state: ClusterState) => T): T => useStore(clusterStore, useShallow(select))
export const useClock = <T>(select: (state: ClockState) => T): T => useStore(clockStore, select)
export const useJournal = <T>(select: (state: JournalState) => T): T => useStore(journalStore, select)
export const useTerminal = <T>(select: (state: TerminalState) => T): T => useStore(terminalStore, select)
export const useDocuments = <T>(select: (state: DocumentsState) => T): T => useStore(documentsStore, select)
export const useSession = <T>(select: (state: SessionState) => T): T => useStore(sessionStore, select)
export const useSettings = <T>(select: (state: Settings) => T): T => useStore(settingsStore, select)

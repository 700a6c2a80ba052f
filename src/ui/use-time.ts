import { useEffect, useState } from 'react'
import { clockStore, presentEpochMs, presentMs } from '#state/clock.ts'

/** Renders again at the given pace while the cluster's clock runs, and with each frame. */
function useTicking<T>(read: () => T, everyMs: number): T {
  const [value, setValue] = useState(read)
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined
    const update = () => {
      const { playing } = clockStore.getState()
      setValue(read())
      if (playing && timer === undefined) timer = setInterval(() => setValue(read()), everyMs)
      if (!playing && timer !== undefined) {
        clearInterval(timer)
        timer = undefined
      }
    }
    update()
    const stop = clockStore.subscribe(update)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [read, everyMs])
  return value
}

const readTenths = () => Math.floor(presentMs(clockStore.getState(), performance.now()) / 100) * 100
const readEpochSeconds = () => Math.floor(presentEpochMs(clockStore.getState(), performance.now()) / 1000) * 1000

/** Cluster time in milliseconds since its start, in tenths of a second. */
export function useClusterMs(): number {
  return useTicking(readTenths, 100)
}

/** Cluster time as milliseconds since 1970, in whole seconds. */
export function useEpochSecond(): number {
  return useTicking(readEpochSeconds, 250)
}

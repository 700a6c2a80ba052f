import '#shell/commands.ts'
import { readFileSync } from 'node:fs'
import { type RecordOptions, recordText } from '#engine/worker/record-text.ts'

/** Plays a scenario file; returns the recording as JSON text. Errors name the file. */
export function playFile(file: string, options: RecordOptions = {}): string {
  try {
    return recordText(readFileSync(file, 'utf8'), options)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

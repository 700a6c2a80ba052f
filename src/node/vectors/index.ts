import { apiVectors } from './api-vectors.ts'
import { daemonSetVectors } from './daemon-set-vectors.ts'
import { k8sVectors } from './k8s-vectors.ts'
import type { VectorCheck, VectorFile } from './vector.ts'

const checks: readonly VectorCheck[] = [...k8sVectors, ...daemonSetVectors, ...apiVectors]

export interface VectorResult {
  total: number
  /** One line for each case that differs. */
  failures: string[]
}

/** Runs every case of a vector file through the engine's own functions. Throws Error for a file of no known kind. */
export function checkVectors(file: VectorFile): VectorResult {
  const keys = new Set(file.cases?.flatMap((one) => Object.keys(one as object)))
  const check = checks.find((c) => c.recognises(file, keys))
  if (!check) throw new Error(`this is none of the known vector files: ${checks.map((c) => c.name).join(', ')}`)
  const failures = file.cases.flatMap((input, i) => {
    try {
      const failure = check.check(input, file)
      return failure === undefined ? [] : [`case ${i}: ${failure}`]
    } catch (error) {
      return [`case ${i}: ${(error as Error).message}`]
    }
  })
  return { total: file.cases.length, failures }
}

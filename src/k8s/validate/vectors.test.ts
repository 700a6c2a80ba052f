import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ApiError, type StatusCause } from '../api-error.ts'
import { applyDefaults } from '../defaults/index.ts'
import { findKind } from '../resources.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject, DaemonSet, KubeObject } from '../types.ts'
import { validateCreate } from './index.ts'

interface Case {
  name: string
  manifest: KubeObject
  stdout: string
  stderr: string
}

const { cases } = JSON.parse(readFileSync(new URL('../../../e2e/conformance/vectors/validation.json', import.meta.url), 'utf8')) as { cases: Case[] }

/** DS-17.1, DS-17.2 */
function invalidText(name: string, causes: StatusCause[]): string {
  const lines = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))]
  const headline = `The DaemonSet "${name}" is invalid: `
  return lines.length === 1 ? `${headline}${lines[0]}\n` : `${headline}\n${lines.map((line) => `* ${line}\n`).join('')}`
}

/** What `kubectl apply --validate=false -f -` says of the manifest. */
function answer(manifest: KubeObject): string {
  try {
    const decoded = decode('DaemonSet', manifest, '1.23').object as DaemonSet
    const object = applyDefaults(decoded as AnyObject, '1.23')
    const causes = validateCreate(object, '1.23')
    return causes.length ? invalidText(manifest.metadata.name, causes) : `daemonset.apps/${manifest.metadata.name} created\n`
  } catch (error) {
    if (error instanceof ApiError) return `Error from server (${error.reason}): error when creating "STDIN": ${error.message}\n`
    throw error
  }
}

/** Cases kubectl itself answers, without asking the server for validation. */
const answeredByClient = (c: Case): boolean => !c.manifest.metadata.name || !findKind(c.manifest.kind) || c.manifest.apiVersion !== 'apps/v1'

describe('manifests sent to a real API server (DS-15, DS-16.4)', () => {
  it.each(cases.filter((c) => !answeredByClient(c)))('$name', ({ manifest, stdout, stderr }) => {
    expect(answer(manifest)).toBe(stdout || stderr)
  })
})

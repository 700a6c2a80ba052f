/** What the labels of a namespace ask of its pods. @source k8s.io/pod-security-admission/api helpers.go */
import type { StatusCause } from '../api-error.ts'
import type { StringMap } from '../types.ts'
import { FieldErrors } from '../validate/field-errors.ts'
import { type KubernetesVersion, since } from '../version.ts'

const levels = ['privileged', 'baseline', 'restricted'] as const

export type Level = (typeof levels)[number]

export interface LevelVersion {
  level: Level
  /** `latest` or `v1.25` */
  version: string
}

/** Audit annotations go nowhere here: of that mode only the labels are checked. */
export interface Policy {
  enforce: LevelVersion
  warn: LevelVersion
  /** Labels that are wrong; there the policy is the strictest for `enforce`, and none for the others. */
  causes: readonly StatusCause[]
}

export const labelPrefix = 'pod-security.kubernetes.io/'

/** `restricted:latest` */
export const policyText = ({ level, version }: LevelVersion): string => `${level}:${version}`

/** Above 0 when the first level is the stricter one. */
export const compareLevels = (a: Level, b: Level): number => levels.indexOf(a) - levels.indexOf(b)

/** Undefined: nothing is asked. */
export function policyOf(labels: StringMap | undefined, server: KubernetesVersion): Policy | undefined {
  if (!labels || !Object.keys(labels).some((key) => key.startsWith(labelPrefix))) return undefined
  const errors = new FieldErrors(server)
  const parse = (mode: string): LevelVersion => {
    const read = (key: string, none: string, isValid: (value: string) => boolean, text: string): string | undefined => {
      const value = labels[labelPrefix + key] ?? none
      if (isValid(value)) return value
      errors.invalid(`metadata.labels[${labelPrefix}${key}]`, value, text)
      return undefined
    }
    const level = read(mode, 'privileged', (value) => levels.includes(value as Level), `must be one of ${levels.join(', ')}`)
    const version = read(`${mode}-version`, 'latest', (value) => /^(latest|v1\.(0|[1-9]\d*))$/.test(value), 'must be "latest" or "v1.x"')
    return { level: (level ?? (mode === 'enforce' ? 'restricted' : 'privileged')) as Level, version: version ?? 'latest' }
  }
  const enforce = parse('enforce')
  parse('audit')
  const own = parse('warn')
  const isOwn = labels[`${labelPrefix}warn`] !== undefined || enforce.level === 'privileged' || !since(server, 'warnLevelOfEnforce')
  const hasVersion = labels[`${labelPrefix}warn-version`] !== undefined
  const warn = isOwn ? own : { level: enforce.level, version: hasVersion ? own.version : enforce.version }
  return { enforce, warn, causes: errors.causes }
}

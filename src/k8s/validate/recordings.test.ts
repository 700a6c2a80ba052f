import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { StatusCause } from '../api-error.ts'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject, KubeObject } from '../types.ts'
import { validateCreate, validateUpdate } from './index.ts'

interface Step {
  run?: string
  stdin?: string
  result: { stdout: string; stderr: string }
}

const { steps } = JSON.parse(readFileSync(new URL('../../../e2e/conformance/recordings/validation.json', import.meta.url), 'utf8')) as {
  steps: Step[]
}

const lines = (causes: StatusCause[]): string[] => [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))]

describe('the recorded answers to wrong manifests', () => {
  let stored: AnyObject | undefined
  for (const { stdin, result } of steps) {
    const manifest = stdin?.includes('{name: x\n') ? undefined : (parse(stdin ?? '') as KubeObject | undefined)
    const decided = /^The DaemonSet "(.*)" is invalid: (.*)\n$/s.exec(result.stderr)
    if (!manifest || (!decided && !result.stdout.endsWith('created\n'))) continue
    it(result.stderr || result.stdout, () => {
      const object = applyDefaults(decode('DaemonSet', manifest, '1.23').object as AnyObject, '1.23')
      const causes = stored ? validateUpdate(object, stored, '1.23') : validateCreate(object, '1.23')
      if (!causes.length) stored = object
      expect(lines(causes)).toEqual(decided ? [decided[2]] : [])
    })
  }
})

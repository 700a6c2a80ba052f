import { expect, test } from 'vitest'
import { isMachineSize } from './machine-size.ts'

test.each(['1m', '4', '0.5', '500m', '1e3', '10k', '10000'])('a machine may have %s of cpu', (cpu) => {
  expect(isMachineSize('cpu', cpu)).toBe(true)
})

test.each(['0', '-1', '10001', '1e30', '1Ei', '', '4 cores', '1.2.3', '٤'])('no machine has %j of cpu', (cpu) => {
  expect(isMachineSize('cpu', cpu)).toBe(false)
})

test.each(['1Mi', '512Mi', '8Gi', '16G', '1e9', '1Pi', '1024Ti'])('a machine may have %s of memory', (memory) => {
  expect(isMachineSize('memory', memory)).toBe(true)
})

test.each(['0', '-8Gi', '8', '1000m', '1025Ti', '5000000Ti', '1e30', '', '8 Gi', '8GB'])('no machine has %j of memory', (memory) => {
  expect(isMachineSize('memory', memory)).toBe(false)
})

import { describe, expect, it } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const explain = (line: string) => runWords(['explain', ...line.split(' ')], fixedClient([], { version: '1.36' }))

// the layout is that of kubectl 1.36 with the same descriptions
describe('explain', () => {
  it('a type: group, kind, version, what it is, its fields with theirs', () => {
    const { stdout } = explain('ds')
    expect(stdout).toMatch(/^GROUP: {6}apps\nKIND: {7}DaemonSet\nVERSION: {4}v1\n\nDESCRIPTION:\n {4}DaemonSet represents/)
    expect(stdout).toContain('\nFIELDS:\n  apiVersion\t<string>\n    APIVersion defines')
  })

  it('a field: its type, without -required-; lines of at most 80 characters', () => {
    const { stdout } = explain('pods.spec.containers')
    expect(stdout).toContain('\nFIELD: containers <[]Container>\n\n\nDESCRIPTION:\n')
    expect(stdout).toContain('  name\t<string> -required-\n')
    // an address alone may be longer
    for (const line of stdout.split('\n')) expect(line.length <= 80 || !line.trim().includes(' '), line).toBe(true)
  })

  it('two blanks where a line ends do not begin the next one', () => {
    const { stdout } = explain('svc.spec.ports')
    expect(stdout).toContain('    If not specified, a port will be allocated if this Service requires one.  If\n    this field is specified')
  })

  it('--recursive: names and types alone, indented', () => {
    const { stdout } = explain('ds.spec.updateStrategy --recursive')
    expect(stdout).toContain(
      'FIELDS:\n  rollingUpdate\t<RollingUpdateDaemonSet>\n    maxSurge\t<IntOrString>\n    maxUnavailable\t<IntOrString>\n  type\t<string>\n',
    )
  })

  it.each([
    ['ds.spec.nope', 'error: field "nope" does not exist\n'],
    ['nope', 'the server doesn\'t have a resource type "nope"\n'],
    ['ds --api-version=apps/v2', 'error: couldn\'t find resource for "apps/v2, Resource=daemonsets"\n'],
  ])('%s is refused', (line, stderr) => {
    expect(explain(line)).toMatchObject({ stderr, exit: 1 })
  })
})

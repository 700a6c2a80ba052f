import { describe, expect, it } from 'vitest'
import { isCollection, parse, parseDocument, visit } from 'yaml'
import type { Lint } from '#protocol/lint.ts'
import { cases, fixed, lintText, manifest, worker } from '../testing/lint-cases.ts'
import { lintRules } from './index.ts'
import { readInput } from './read-input.ts'

/** The same manifest with braces and brackets: at the leaves only, or all over. Values stay as they are written. */
function inFlow(text: string, where: 'leaves' | 'everywhere'): string {
  const doc = parseDocument(text, { schema: 'failsafe', uniqueKeys: false })
  visit(doc, {
    Collection(_, node) {
      const isLeaf = node.items.every((item) => !isCollection('value' in (item as object) ? (item as { value: unknown }).value : item))
      node.flow = where === 'everywhere' || isLeaf
    },
  })
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false })
}

const styles = {
  block: (text: string) => text,
  'flow at the leaves': (text: string) => inFlow(text, 'leaves'),
  'flow everywhere': (text: string) => inFlow(text, 'everywhere'),
}

/** What a text says, whatever its style. */
const meaning = (text: string): unknown => parse(text, { version: '1.1', uniqueKeys: false })

describe.each(Object.entries(styles))('fixes in %s style', (_, style) => {
  it.each(cases)('of %s', (_what, parts, rule, _at, _lines, client = worker) => {
    const block = manifest(parts)
    const text = style(block)
    const of = (one: string) => lintText(one, client).filter((lint) => lint.rule === rule)
    const [lint, ...more] = of(text) as [Lint, ...Lint[]]
    expect(more).toEqual([])
    expect(lint.fix?.edits.length).toBeGreaterThan(0)
    const after = fixed(text, lint)
    expect(of(after)).toEqual([])
    // the same change, whatever the style
    expect(meaning(after)).toEqual(meaning(fixed(block, of(block)[0] as Lint)))
  })
})

describe('a fix', () => {
  const only = (text: string) => {
    const [lint, ...more] = lintText(text, worker)
    expect(more).toEqual([])
    return fixed(text, lint as Lint)
  }
  const pod = (spec: string) => manifest({ pod: spec })

  it('leaves comments and the other entries as they are written', () => {
    expect(only(pod('# who may come\ntolerations: [ {key: node.kubernetes.io/x} , {key: team}] # end'))).toBe(
      pod('# who may come\ntolerations: [ {key: node.kubernetes.io/x}] # end'),
    )
    expect(only(pod('tolerations: [ {key: team}, {key: node.kubernetes.io/x} ] # end'))).toBe(
      pod('tolerations: [ {key: node.kubernetes.io/x} ] # end'),
    )
    expect(only(pod('# before\nnodeSelector: { disk: ssd } # with it\n# after'))).toBe(pod('# before\n# after'))
    expect(only(pod('tolerations:\n- key: node.kubernetes.io/x # x\n- key: team\n# after'))).toBe(
      pod('tolerations:\n- key: node.kubernetes.io/x # x\n# after'),
    )
  })

  it('takes an entry of braces over several lines with its line', () => {
    expect(only(pod('nodeSelector: {\n  disk: ssd, # no\n  kubernetes.io/os: linux\n}'))).toBe(
      pod('nodeSelector: {\n  # no\n  kubernetes.io/os: linux\n}'),
    )
    expect(only(pod('nodeSelector: {\n  disk: ssd,\n  kubernetes.io/os: linux\n}'))).toBe(pod('nodeSelector: {\n  kubernetes.io/os: linux\n}'))
    expect(only(pod('nodeSelector: {\n  kubernetes.io/os: linux,\n  disk: ssd\n}'))).toBe(pod('nodeSelector: {\n  kubernetes.io/os: linux\n}'))
  })

  it('of a JSON file is JSON', () => {
    const json = (pods: object, labels: object = { app: 'a' }) =>
      `${JSON.stringify({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels }, spec: { ...pods, containers: [{ name: 'a', image: 'a' }] } } } }, null, 2)}\n`
    expect(only(json({ nodeSelector: { disk: 'ssd' } }))).toBe(json({}))
    expect(JSON.parse(only(json({}, { team: 'x' })))).toEqual(JSON.parse(json({}, { app: 'a', team: 'x' })))
    expect(only(json({}, { app: 'b' }))).toBe(json({}))
  })

  it('shrinks as many containers as it takes for the pod to fit', () => {
    const text = (...cpus: string[]) =>
      manifest().replace(
        /containers:[\s\S]*/,
        `containers: [${cpus.map((cpu, at) => `{name: c${at}, image: a, resources: {requests: {cpu: ${cpu}}}}`).join(', ')}]\n`,
      )
    expect(only(text('1', '3', '2.5'))).toBe(text('1', '100m', '2.5'))
    expect(only(text('3', '3', '3'))).toBe(text('100m', '100m', '3'))
  })

  it('makes what is missing around a field', () => {
    const text = (template: string) =>
      `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {app: a, tier: x}}\n  template:\n${template}    spec:\n      containers: [{name: a, image: a}]\n`
    const whole = text('    metadata:\n      labels:\n        app: a\n        tier: x\n')
    expect(only(text(''))).toBe(whole)
    expect(only(text('    metadata:\n'))).toBe(whole)
    expect(only(text('    metadata: {}\n'))).toBe(text('    metadata: { labels: { app: a, tier: x } }\n'))
    expect(only(text('    metadata:\n      labels: # none\n'))).toContain('      labels:\n        app: a\n        tier: x')
    expect(only(text('    metadata:\n      annotations: {}\n'))).toBe(
      text('    metadata:\n      labels:\n        app: a\n        tier: x\n      annotations: {}\n'),
    )
  })
})

it.each(lintRules.map((rule) => [rule.name, rule] as const))('%s is in the table', (_, rule) => {
  const sees = ([, parts, , , , client = worker]: (typeof cases)[number]) => {
    const input = readInput(parse(manifest(parts), { version: '1.1', uniqueKeys: false }), client)
    return input && rule(input).length > 0
  }
  expect(cases.some(sees)).toBe(true)
})

describe('nothing is spoilt', () => {
  const other = '- {key: node.kubernetes.io/x, operator: Exists}'
  it.each([
    ['where a name is given that others use', `tolerations:\n- &a\n  key: team\n  operator: Exists\n- *a\n${other}`, 1],
    ['where a name is given within', `tolerations:\n- key: &k team\n  operator: Exists\n${other}`, 0],
    ['where an item begins below its dash', `tolerations:\n-\n  key: team\n  operator: Exists\n${other}`, 0],
  ])('%s', (_, pod, fixes) => {
    const text = manifest({ pod })
    const offered = lintText(text, worker).filter((lint) => lint.fix)
    // the use of a name may go, not what has it
    expect(offered).toHaveLength(fixes)
    const tolerations = (one: string) => (meaning(one) as { spec: { template: { spec: { tolerations: unknown[] } } } }).spec.template.spec.tolerations
    for (const lint of offered) expect(tolerations(fixed(text, lint))).toEqual(tolerations(text).slice(1))
  })
})

import { describe, expect, it } from 'vitest'
import { type ManifestPlace, manifestPlace } from './manifest-place.ts'

/** The cursor is written as `|`. */
const placeAt = (marked: string) => manifestPlace(marked.replace('|', ''), marked.indexOf('|'))

/** A place in few letters: `spec.tolerations value=` is the value of that field, with nothing beside it. */
function short({ path, field, beside }: ManifestPlace): string {
  const others = Object.entries(beside).map(([key, value]) => ` ${key}:${value}`)
  return `${path.join('.')}${field === undefined ? '' : ` ${field}=`}${others.join('')}`
}

describe('manifestPlace', () => {
  it('finds the fields around the cursor in the same document only', () => {
    expect(placeAt('kind: A\nspec:\n  x: 1\n---\nspec:\n  template:\n    spec:\n      nodeName: wo|\n---\nspec: 1')).toEqual({
      path: ['spec', 'template', 'spec'],
      field: 'nodeName',
      beside: {},
      typed: 'wo',
      rest: '',
      isJson: false,
    })
  })

  const places: [marked: string, place: string | undefined][] = [
    // block style
    ['spec:\n  |', 'spec'],
    ['spec:\n  no|\n  containers: []', 'spec'],
    ['spec:\n  no|\n  kind: b', 'spec'],
    ['spec:\n  nodeSelector:\n    |\n  containers: []', 'spec.nodeSelector'],
    ['spec:\n  nodeSelector:\n    disk: ssd\n    |', 'spec.nodeSelector disk:ssd'],
    ['spec:\n  nodeSelector:\n    |\n    disk: ssd', 'spec.nodeSelector'],
    ['spec:\n  nodeSelector: |\n  kind: b', 'spec nodeSelector= kind:b'],
    ['"nodeSelector":\n  "disk": |', 'nodeSelector disk='],
    ['spec:\n  tolerations:\n  - key: a\n    value: |\n    effect: NoSchedule\n  - key: b', 'spec.tolerations value= key:a effect:NoSchedule'],
    ['spec:\n  tolerations:\n    - key: a\n    - value: |', 'spec.tolerations value='],
    ['spec:\n  tolerations:\n    - |', 'spec.tolerations'],
    ['matchExpressions:\n- key: disk\n  operator: In\n  values:\n  - ssd\n  - |', 'matchExpressions.values key:disk operator:In'],
    ['matchExpressions:\n- values:\n  - |\n  key: disk', 'matchExpressions.values key:disk'],
    ['spec:\r\n  tolerations:\r\n  - key: a\r\n    value: |\r\n', 'spec.tolerations value= key:a'],
    // comments and texts of several lines
    ['spec:\n# nodeSelector:\n  |', 'spec'],
    ['spec: # a |', undefined],
    ['# nodeSelector: |', undefined],
    ['nodeName: |# here', ' nodeName='],
    ['text: >\n  nodeName: |\n', undefined],
    ['text: a\n  b |', undefined],
    // flow style, finished
    ['spec: {nodeName: |}', 'spec nodeName='],
    ['spec: {nodeName:|}', undefined],
    ['spec: {nodeSelector: {|}}', 'spec.nodeSelector'],
    ['spec: {nodeSelector: {disk: ssd, |}}', 'spec.nodeSelector disk:ssd'],
    ['spec: {nodeSelector: {| , disk: ssd}}', 'spec.nodeSelector disk:ssd'],
    ['spec: {nodeSelector: {di|sk: ssd}}', 'spec.nodeSelector'],
    ['spec: {nodeSelector: {disk: |, gpu: a}}', 'spec.nodeSelector disk= gpu:a'],
    ['tolerations: [{key: a, value: |}, {key: b}]', 'tolerations value= key:a'],
    ['tolerations: [{value: |, key: a}]', 'tolerations value= key:a'],
    ['- {key: disk, operator: In, values: [ssd, |]}', 'values key:disk operator:In'],
    ['- {values: [|], key: disk}', 'values key:disk'],
    ['- key: disk\n  values: [|]', 'values key:disk'],
    ['spec: {\n  nodeSelector: {\n    |\n  }\n}', 'spec.nodeSelector'],
    // flow style, cut short
    ['nodeSelector: {|', 'nodeSelector'],
    ['spec:\n  nodeSelector: {|\n  containers: []', 'spec.nodeSelector'],
    ['spec:\n  nodeSelector: {disk: |\n  containers: []', 'spec.nodeSelector disk='],
    ['spec:\n  nodeSelector: {disk: ssd, |\n  containers:\n    - name: a', 'spec.nodeSelector disk:ssd'],
    ['spec:\n  tolerations: [|\n  containers: []', 'spec.tolerations'],
    ['spec:\n  tolerations: [{key: |\n  containers: []', 'spec.tolerations key='],
    ['spec:\n  tolerations: [{key: a, value: |', 'spec.tolerations value= key:a'],
    ['spec:\n  tolerations: [{key: a}, {|\n---\nspec: {}', 'spec.tolerations'],
    ['matchExpressions:\n- {key: disk, operator: In, values: [|', 'matchExpressions.values key:disk operator:In'],
    ['matchExpressions:\n- key: disk\n  values: [ssd, |', 'matchExpressions.values key:disk'],
    ['spec: {nodeSelector: {"di|}}', 'spec.nodeSelector'],
    ['spec: {nodeName: "wo|, priorityClassName: "x"}', 'spec nodeName= priorityClassName:x'],
    // JSON
    ['{"spec": {"nodeSelector": {|}}}', 'spec.nodeSelector'],
    ['{"spec": {"nodeSelector": {"|"}}}', 'spec.nodeSelector'],
    ['{"spec": {"nodeSelector": {"disk":|}}}', 'spec.nodeSelector disk='],
    ['{"spec": {"nodeSelector": {"disk": "|"}}}', 'spec.nodeSelector disk='],
    ['{\n  "spec": {\n    "nodeSelector": {\n      "disk": "ssd",\n      |\n    },\n    "a": 1\n  }\n}', 'spec.nodeSelector disk:ssd'],
    ['{\n  "spec": {\n    |\n    "nodeName": "a"\n  }\n}', 'spec'],
    ['{\n  "spec": {\n    "tolerations": [\n      {\n        "key": "a",\n        "value": "|\n', 'spec.tolerations value= key:a'],
    ['{"spec": {"nodeSelector": {"disk": |', 'spec.nodeSelector disk='],
    ['{"spec": {"nodeName": |, "a": "b"}}', 'spec nodeName= a:b'],
  ]
  it.each(places)('%j is at %s', (marked, place) => {
    const found = placeAt(marked)
    expect(found && short(found).trim()).toBe(place?.trim())
  })

  const stretches: [marked: string, typed: string, rest: string][] = [
    ['nodeName: wor|ker-0 # one', 'wor', 'ker-0'],
    ['{nodeName: wor|ker-0, a: b}', 'wor', 'ker-0'],
    ['nodeSelector: {di|sk: ssd}', 'di', 'sk'],
    ['nodeSelector: {"di|sk": ssd}', '"di', 'sk"'],
    ['{"nodeName": "|"}', '"', '"'],
    ["nodeName: 'wo|'", "'wo", "'"],
    ['{"nodeName": "wo|, "a": "b"}', '"wo', ''],
    ['{"nodeName": "wo|\n}', '"wo', ''],
    ['nodeSelector:\n  di|\n  gpu: a', 'di', ''],
  ]
  it.each(stretches)('%j has the text %s up to the cursor and %s behind it', (marked, typed, rest) => {
    expect(placeAt(marked)).toMatchObject({ typed, rest })
  })

  it('knows JSON from flow style', () => {
    expect(placeAt('\n{"nodeName": |}')?.isJson).toBe(true)
    expect(placeAt('a: b\n---\n{"nodeName": |}')?.isJson).toBe(true)
    expect(placeAt('spec: {"nodeName": |}')?.isJson).toBe(false)
  })

  it('reads nothing of what is larger or deeper than is read', () => {
    expect(placeAt(`${'['.repeat(5000)}|`)).toBeUndefined()
    expect(placeAt(`spec: {nodeName: |}\n${'a: 1\n'.repeat(60_000)}`)).toBeUndefined()
  })
})

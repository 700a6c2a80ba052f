import { describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runWords } from './testing/run-line.ts'

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'c', image: 'i' }] } })
const list = (...items: object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
const documents = (...objects: object[]) => objects.map((object) => JSON.stringify(object)).join('\n---\n')
const widget = { apiVersion: 'v1', kind: 'Widget', metadata: { name: 'w' } }
const noWidget = 'no matches for kind "Widget" in version "v1"'

function get(words: string, text: string) {
  const { client } = new Cluster({ version: '1.36' })
  runWords(['apply', '-f', '-'], client, { stdin: documents(pod('a'), pod('b')) })
  return runWords(['get', ...words.split(' ')], client, { stdin: text, readFile: () => text })
}

// compared with kubectl 1.32 and 1.36
describe('what files name', () => {
  it.each([
    ['-f -', documents(pod('a')), ['List', 'a']],
    ['-f pod.yaml', documents(pod('a')), ['Pod', 'a']],
    ['-f pods.yaml', documents(pod('a'), pod('b')), ['List', 'a b']],
    ['-f -', list(), ['List', '']],
  ])('get %s of %j: one object of one file stands alone, all else is a List', (words, text, [kind, names]) => {
    const { stdout } = get(`${words} -o json`, text)
    const shown = JSON.parse(stdout) as { kind: string; metadata: { name?: string }; items?: { metadata: { name: string } }[] }
    expect([shown.kind, shown.items?.map((item) => item.metadata.name).join(' ') ?? shown.metadata.name]).toEqual([kind, names])
  })

  it('what cannot be read does not keep the rest from being shown, unless one file alone is asked for', () => {
    const text = documents(widget, pod('a'))
    const error = (source: string) =>
      `error: resource mapping not found for name: "w" namespace: "" from "${source}": ${noWidget}\nensure CRDs are installed first\n`
    expect(get('-f - -o name', text)).toMatchObject({ stdout: 'pod/a\n', stderr: error('STDIN'), exit: 1 })
    expect(get('-f x.yaml -o name', text)).toMatchObject({ stdout: '', stderr: error('x.yaml'), exit: 1 })
    expect(get('-f - -o name', list(widget, pod('a')))).toMatchObject({ stdout: 'pod/a\n', stderr: `error: unable to recognize ${noWidget}\n` })
  })

  it('a table tells what is missing of a list as one error', () => {
    expect(get('-f -', list(pod('x'))).stderr).toBe('pods "x" not found\n')
    expect(get('-f -', list(pod('x'), pod('y'))).stderr).toBe('[pods "x" not found, pods "y" not found]\n')
    expect(get('-f -', documents(pod('x'), pod('y'))).stderr).toBe(
      'Error from server (NotFound): pods "x" not found\nError from server (NotFound): pods "y" not found\n',
    )
    expect(get('-f - --ignore-not-found', list(pod('x')))).toMatchObject({ stdout: '', stderr: '', exit: 0 })
  })
})

it('what cannot be printed is an error beside those of looking for it, but what is no template is the only one', () => {
  const { client } = new Cluster({ version: '1.36' })
  const get = (template: string) => runWords(['get', 'pods', 'x', 'y', '-o', `jsonpath=${template}`], client)
  expect(get('{.items[5]}').stderr).toMatch(
    /^(Error from server \(NotFound\): pods "[xy]" not found\n){2}error executing jsonpath "\{\.items\[5\]\}"/,
  )
  expect(get('{.items[5').stderr).toBe('error: error parsing jsonpath {.items[5, unterminated array\n')
})

it('what --local shows has no empty labels and requirements', () => {
  const labels = { app: 'a' }
  const set = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'a', labels: {} },
    spec: { selector: { matchLabels: labels, matchExpressions: [] }, template: { metadata: { labels }, spec: { containers: [{ name: 'c' }] } } },
  }
  const { stdout } = runWords('set image -f - c=i --local -o json'.split(' '), new Cluster({ version: '1.36' }).client, { stdin: documents(set) })
  const shown = JSON.parse(stdout) as typeof set
  expect([shown.metadata, shown.spec.selector]).toEqual([{ name: 'a' }, { matchLabels: labels }])
})

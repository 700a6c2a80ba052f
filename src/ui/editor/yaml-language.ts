import { configureMonacoYaml } from 'monaco-yaml'
import { plainYaml } from '../text/yaml.ts'
import { isBlankAt } from './is-blank-at.ts'
import { monaco } from './monaco.ts'
import schema from './schema/kubernetes.json'
import YamlWorker from './yaml.worker.ts?worker'
import { showYamlMarkers } from './yaml-markers.ts'

interface WorkerOptions {
  createData?: unknown
  host?: Record<string, (...args: unknown[]) => unknown>
  keepIdleModels?: boolean
}

/**
 * The YAML language's own worker. Monaco 0.57 takes a worker where monaco-yaml 5.5 still names a module, so monaco-yaml is given a
 * copy of the namespace in which that one function does what it means.
 */
function createYamlWorker({ createData, host, keepIdleModels }: WorkerOptions) {
  const worker = new YamlWorker()
  // the first message only wakes the worker's module
  worker.postMessage('ignore')
  worker.postMessage(createData)
  return monaco.editor.createWebWorker({ worker: Promise.resolve(worker), host, keepIdleModels })
}

type Languages = typeof monaco.languages

/** The choice of values that a snippet offers, each once: several kinds are of `v1`. */
const eachOnce = (snippet: string): string =>
  snippet.replace(/\$\{(\d+)\|([^|}]*)\|\}/g, (_, at: string, choice: string) => `\${${at}|${[...new Set(choice.split(','))].join(',')}|}`)

/**
 * Templates of whole objects (`PodSpec`) go behind the single fields; plain texts are no snippets, so that Monaco sees when one is
 * typed in full and lets Enter end the line.
 */
function tidy(item: monaco.languages.CompletionItem): monaco.languages.CompletionItem {
  const { CompletionItemKind } = monaco.languages
  const isPlain = !/[$\\}]/.test(item.insertText)
  return {
    ...item,
    insertText: eachOnce(item.insertText),
    ...(item.kind === CompletionItemKind.Class ? { sortText: '~' } : {}),
    ...(isPlain ? { insertTextRules: undefined } : {}),
  }
}

/** What a manifest of any kind has; its own fields are offered when the kind is known. */
const first = ['apiVersion', 'kind', 'metadata', 'spec']

/** Each field once; where the kind is still to be written, it and what every kind has, in the usual order. */
function tidyList(items: readonly monaco.languages.CompletionItem[], atRoot: boolean): monaco.languages.CompletionItem[] {
  const labelOf = ({ label }: monaco.languages.CompletionItem) => (typeof label === 'string' ? label : label.label)
  const once = [...new Map(items.map((item) => [`${item.kind} ${labelOf(item)}`, tidy(item)])).values()]
  if (!atRoot || !once.some((item) => labelOf(item) === 'kind')) return once
  return once.flatMap((item) => {
    const place = first.indexOf(labelOf(item))
    return place < 0 ? [] : { ...item, sortText: `0${place}` }
  })
}

const registerHoverProvider: Languages['registerHoverProvider'] = (selector, provider) =>
  monaco.languages.registerHoverProvider(selector, {
    async provideHover(model, position, ...given) {
      // beside the words it would show the text around once more
      if (isBlankAt(model.getLineContent(position.lineNumber), position.column)) return null
      const hover = await provider.provideHover(model, position, ...given)
      // the schema's file name means nothing to a reader
      return hover && { ...hover, contents: hover.contents.map((one) => ({ ...one, value: one.value.replace(/\s*Source: \S+\s*$/, '') })) }
    },
  })

const registerCompletionItemProvider: Languages['registerCompletionItemProvider'] = (selector, provider) =>
  monaco.languages.registerCompletionItemProvider(selector, {
    ...provider,
    async provideCompletionItems(model, position, ...given) {
      // the line may be gone when the answer comes
      const atRoot = /^\S*$/.test(model.getLineContent(position.lineNumber).slice(0, position.column - 1))
      const list = await provider.provideCompletionItems(model, position, ...given)
      return list && { ...list, suggestions: tidyList(list.suggestions, atRoot) }
    },
  })

/** The first of what cannot be read on a line: the others follow from it. What the schema finds stays. */
function firstOfLine(markers: monaco.editor.IMarkerData[]): monaco.editor.IMarkerData[] {
  const lines = new Set<number>()
  return markers.filter(({ source, startLineNumber: line }) => source?.startsWith('yaml-schema') || (!lines.has(line) && lines.add(line)))
}

/**
 * What the YAML language finds, said plainly: the address of the schema means nothing to a reader, nor do a parser's words. kubectl takes
 * equal keys, the last one wins; that there are two is told by a hint.
 */
const setModelMarkers: typeof monaco.editor.setModelMarkers = (model, _owner, markers) =>
  showYamlMarkers(
    model,
    // in an empty text nothing is wrong yet
    firstOfLine(markers.filter(({ message }) => message !== 'Map keys must be unique' && model.getValueLength() > 0)).map((marker) => ({
      ...marker,
      message: plainYaml(marker.message),
      code: undefined,
      source: marker.source?.startsWith('yaml-schema') ? 'Kubernetes 1.36' : marker.source,
    })),
  )

let configured = false

/** Field documentation, completion and markers for the kinds of the playground. Kubernetes 1.36. */
export function configureYaml(): void {
  if (configured) return
  configured = true
  configureMonacoYaml(
    {
      ...monaco,
      editor: { ...monaco.editor, createWebWorker: createYamlWorker, setModelMarkers },
      languages: { ...monaco.languages, registerCompletionItemProvider, registerHoverProvider },
    } as unknown as Parameters<typeof configureMonacoYaml>[0],
    {
      isKubernetes: true,
      // kubectl reads YAML 1.1
      yamlVersion: '1.1',
      enableSchemaRequest: false,
      format: { enable: false },
      schemas: [{ fileMatch: ['*'], uri: 'inmemory://schema/kubernetes-1.36.json', schema: schema as object }],
    },
  )
}

import type { FilterPlugin } from './plugin.ts'

/** A pod that names its node fits no other. Such pods do not come to the scheduler; kept for explanations. @source plugins/nodename; SCH-3.10 */
export const nodeName: FilterPlugin = {
  name: 'NodeName',
  filter: ({ pod }, { name }) => {
    const wanted = pod.spec.nodeName
    if (!wanted || wanted === name) return undefined
    return { plugin: 'NodeName', reasons: ["node(s) didn't match the requested node name"], resolvable: false, detail: { kind: 'node-name', wanted } }
  },
}

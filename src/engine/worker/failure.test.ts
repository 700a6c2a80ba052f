/** A fault of ours: it is caught, told with what the user did, and taken back. */
import { describe, expect, it } from 'vitest'
import { Talk } from './testing/talk.ts'

const oneNode = 'id: one\nnodes: [{name: a}]\nsteps: [{node: {fail: a}}]\n'

/** From now on the cluster breaks when a node changes. */
function sabotage(talk: Talk): void {
  const monitor = talk.session.open.cluster.component('node-controller') ?? talk.session.open.cluster.component('daemonset-controller')
  Object.assign(monitor ?? {}, {
    onWatch: () => {
      throw new TypeError('a fault of ours')
    },
  })
}

const picture = (talk: Talk) => JSON.stringify([...talk.session.open.cluster.core.state.tables.Node.values()])

describe('an engine error', () => {
  it('while the cluster runs: told with the action that led to it, which is taken back', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: oneNode, playing: false })
    const before = picture(talk)
    sabotage(talk)
    talk.ask('shell', { line: 'kubectl cordon a' })
    expect(picture(talk)).not.toBe(before)
    const waiting = talk.send('shell', { line: 'kubectl get nodes -w' })
    talk.ask('clock', { playing: true })
    talk.session.tick(500)
    expect(talk.failures()).toEqual([{ type: 'failure', message: 'a fault of ours', action: 'kubectl get nodes -w' }])
    expect(talk.replies(waiting)).toHaveLength(1)
    expect(talk.session.playing).toBe(false)
    // the page is shown the cluster anew, and can go back further
    expect(talk.messages.findLast((m) => m.type === 'frame')).toMatchObject({ reset: true, canUndo: true, playing: false })
    talk.ask('undo', {})
    expect(picture(talk)).toBe(before)
  })

  it('during a request: one reply, the cluster as before', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: oneNode, playing: false })
    const before = picture(talk)
    const { cluster } = talk.session.open
    cluster.fault = () => {
      throw new TypeError('a fault of ours')
    }
    expect(() => talk.ask('fault', { fault: { fail: 'a' } })).toThrow('a fault of ours')
    expect(talk.failures()).toEqual([{ type: 'failure', message: 'a fault of ours', action: '# outside Kubernetes: the kubelet on a stops' }])
    expect(picture(talk)).toBe(before)
  })

  it('in a question: nothing of what the user did before is taken back', async () => {
    const talk = new Talk()
    talk.ask('open', { scenario: oneNode, playing: false })
    talk.ask('shell', { line: 'kubectl cordon a' })
    const before = picture(talk)
    Object.assign(talk.session.open.cluster.client, {
      get: () => {
        throw new TypeError('a fault of ours')
      },
    })
    await expect(talk.askLater('yaml', { ref: { kind: 'Node', name: 'a' } })).rejects.toThrow('a fault of ours')
    expect(talk.failures()).toEqual([{ type: 'failure', message: 'a fault of ours', action: 'yaml' }])
    expect(picture(talk)).toBe(before)
  })

  it('in a scenario: its step is taken back and counts as not played', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: oneNode, playing: false })
    sabotage(talk)
    const { done } = talk.ask('scenario', { play: 'all' })
    expect(done).toBe(1)
    expect(talk.failures()).toMatchObject([{ action: '# outside Kubernetes: the kubelet on a stops' }])
    expect(talk.session.open.played).toBe(0)
  })
})
